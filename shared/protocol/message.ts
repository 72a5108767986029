import { z } from 'zod';
import { wireErrorSchema } from '../errors/index.ts';

/**
 * Made by the client, unique per request. The bridge keeps the ack of each id for some minutes:
 * the same id again gets the same ack and does nothing twice.
 */
export const messageIdSchema = z.string().min(8).max(64);

/** A request: has a payload with `messageId`, and is acked with `{ ok: true, data }` or `{ ok: false, error }`. */
export interface RequestDefinition {
  readonly kind: 'request';
  readonly description: string;
  readonly payload: z.ZodType;
  readonly ack: z.ZodType;
}

/** A fact told by the bridge; not acked. Whoever missed one asks `session:hello` again, which answers the present state. */
export interface NotificationDefinition {
  readonly kind: 'notification';
  readonly description: string;
  readonly payload: z.ZodType;
}

export function request<Shape extends z.ZodRawShape, Ack extends z.ZodType>(
  description: string,
  payload: Shape,
  ack: Ack,
) {
  return {
    kind: 'request',
    description,
    payload: z.strictObject({ messageId: messageIdSchema, ...payload }),
    ack,
  } as const;
}

export function notification<Payload extends z.ZodType>(description: string, payload: Payload) {
  return { kind: 'notification', description, payload } as const;
}

/** The ack of a request whose data is `data`. */
export function ackSchema<Data extends z.ZodType>(data: Data) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), data }),
    z.object({ ok: z.literal(false), error: wireErrorSchema }),
  ]);
}

export type Ack<Data> = { ok: true; data: Data } | { ok: false; error: z.infer<typeof wireErrorSchema> };
