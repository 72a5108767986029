import { z } from 'zod';
import { DialbridgeError } from './DialbridgeError.ts';
import { errorCodeSchema, errorTable } from './errorTable.ts';

/** An error as it travels in an ack or an HTTP body. `message` is English; a client translates by `code` and `details`. */
export const wireErrorSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  details: z.record(z.string(), z.string()).optional(),
  canRetry: z.boolean().optional().describe('The same request can succeed later without anybody changing anything'),
  retryAfterMs: z.number().int().nonnegative().optional().describe('Where it is known, when'),
});
export type WireError = z.infer<typeof wireErrorSchema>;

/** What the other side is told of any thrown thing: an error not meant for people becomes `internal` and tells nothing. */
export function toWireError(thrown: unknown): WireError {
  const error = thrown instanceof DialbridgeError ? thrown : new DialbridgeError('internal');
  return {
    code: error.code,
    message: error.message,
    ...(Object.keys(error.details).length > 0 && { details: { ...error.details } }),
    ...(errorTable[error.code].canRetry && { canRetry: true }),
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
  };
}

export function fromWireError(wire: WireError): DialbridgeError {
  return new DialbridgeError(wire.code, {
    ...(wire.details && { details: wire.details }),
    ...(wire.retryAfterMs !== undefined && { retryAfterMs: wire.retryAfterMs }),
  });
}
