import { DialbridgeError, fromWireError } from '../../../shared/errors/index.ts';
import {
  type AckData,
  ackSchema,
  type NotificationName,
  type NotificationPayload,
  notifications,
  type RequestName,
  requests,
} from '../../../shared/protocol/index.ts';
import type { Transport } from './Transport.ts';

/** Sends once, and reads the ack. @throws DialbridgeError the refusal, `unsupportedVersion`; AckLostError */
export async function sendRequest<Name extends RequestName>(
  transport: Transport,
  name: Name,
  message: Record<string, unknown>,
  timeoutMs: number,
): Promise<AckData<Name>> {
  const raw = await transport.send(name, message, timeoutMs);
  const parsed = ackSchema(requests[name].ack).safeParse(raw);
  if (!parsed.success) throw new DialbridgeError('unsupportedVersion', { cause: parsed.error });
  if (!parsed.data.ok) throw fromWireError(parsed.data.error);
  return parsed.data.data as AckData<Name>;
}

/** null: one of a later version, or one that can't be read. */
export function readNotification(
  name: string,
  payload: unknown,
): { name: NotificationName; payload: NotificationPayload<NotificationName> } | null {
  if (!Object.hasOwn(notifications, name)) return null;
  const known = name as NotificationName;
  const parsed = notifications[known].payload.safeParse(payload);
  if (parsed.success) return { name: known, payload: parsed.data as NotificationPayload<NotificationName> };
  console.warn(`${name} could not be read:`, parsed.error);
  return null;
}
