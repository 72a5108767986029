import { z } from 'zod';

export const webhooksSchema = z.strictObject({
  allowPrivateAddresses: z
    .boolean()
    .default(false)
    .describe(
      'Send events also to private and loopback addresses, to those without TLS too. Whoever edits webhooks can then make the bridge send requests into its own network.',
    ),
  timeoutMs: z
    .number()
    .int()
    .min(100)
    .max(60_000)
    .default(10_000)
    .describe('How long a receiver may take for its answer.'),
  attempts: z
    .number()
    .int()
    .min(2)
    .max(12)
    .default(8)
    .describe('Tries after which an event is given up, with growing pauses: 8 take about 23 hours.'),
  mostWaiting: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe('Events that may wait for one receiver; beyond it new ones are left out and those that wait stay.'),
  keepLogDays: z
    .number()
    .min(1)
    .max(3650)
    .default(7)
    .describe('After so many days a delivery is forgotten, with the numbers in it, also one that still waits.'),
});
