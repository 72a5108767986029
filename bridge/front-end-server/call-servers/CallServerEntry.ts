import { z } from 'zod';
import { callServerIdSchema } from '../../../shared/domain/index.ts';

/** A call server as the call-server database knows it. */
export const callServerEntrySchema = z.strictObject({
  id: callServerIdSchema,
  /** Where browsers reach it. Null: at the address by which they reached the front-end server (one process, any host name). */
  url: z.url({ protocol: /^https?$/ }).nullable(),
  region: z.string().min(1),
  activeCalls: z.number().int().nonnegative(),
  /** Calls at once that it takes; null: no bound. */
  capacity: z.number().int().positive().nullable(),
  isDraining: z.boolean(),
  /** Milliseconds since the epoch. */
  heartbeatAtMs: z.number().int(),
});
export type CallServerEntry = z.infer<typeof callServerEntrySchema>;
