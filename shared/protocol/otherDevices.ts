import { z } from 'zod';
import { callDirectionSchema, callIdSchema, deviceIdSchema } from '../domain/index.ts';

/** Another device of the same person that is connected now: a call can be moved to it. */
export const otherDeviceSchema = z.object({
  deviceId: deviceIdSchema,
  name: z.string().max(100).describe('For the person, such as “Chrome on Android”'),
});
export type OtherDevice = z.infer<typeof otherDeviceSchema>;

/** An answered call of the person that is on another device, or whose device went away. */
export const callElsewhereSchema = z.object({
  callId: callIdSchema,
  direction: callDirectionSchema,
  otherNumber: z.string().nullable().describe('The other party, E.164 where it could be read; null: withheld'),
  otherName: z.string().nullable(),
  answeredAt: z.number().int().describe('Milliseconds since the epoch, by the bridge’s clock'),
  device: otherDeviceSchema.describe('Where it is'),
  heldUntil: z
    .number()
    .int()
    .nullable()
    .describe(
      'Its device is away: the call ends then unless a device takes it (milliseconds since the epoch); null: it is there',
    ),
});
export type CallElsewhere = z.infer<typeof callElsewhereSchema>;

/** What the person’s devices know of each other. Each replaces the one before. */
export const elsewhereSchema = z.object({
  devices: z.array(otherDeviceSchema),
  calls: z.array(callElsewhereSchema),
});
export type Elsewhere = z.infer<typeof elsewhereSchema>;
