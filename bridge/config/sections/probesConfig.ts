import { z } from 'zod';
import { durationMs } from './configFields.ts';

const share = z.number().gt(0).max(1);

const callsAsProbes = z
  .strictObject({
    window: z.number().int().min(1).max(1000).default(20).describe('How many of the last calls are looked at.'),
    windowMs: durationMs.default(300_000).describe('No older than this.'),
    minAttempts: z.number().int().min(1).max(1000).default(6).describe('Fewer calls than this say nothing.'),
    failureShare: share
      .default(0.5)
      .describe('Share of calls that the gateway could not take at which it is taken out: above 0, at most 1.'),
    outMs: durationMs
      .default(30_000)
      .describe('How long it is out; twice as long each time that it fails again on its way back.'),
    maxOutMs: durationMs.default(600_000).describe('It is never out for longer than this at a time.'),
    shares: z
      .array(share)
      .min(1)
      .max(20)
      .default([0.1, 0.25, 0.5, 1])
      .describe('Shares of its calls that it gets on its way back, one after another.'),
    attemptsPerShare: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(5)
      .describe('Calls without failure after which the next share follows.'),
  })
  .refine(({ window, minAttempts }) => minAttempts <= window, {
    error: 'expected no more than probes.calls.window',
    path: ['minAttempts'],
  });

/** How gateways are judged: by SIP OPTIONS and by their calls. */
export const probesSchema = z.strictObject({
  intervalMs: durationMs.default(30_000).describe('Time between two SIP OPTIONS to a gateway.'),
  timeoutMs: durationMs.default(2000).describe('A probe without an answer in this time has failed.'),
  failuresUntilDown: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(2)
    .describe('Failed probes in a row that mark a gateway down.'),
  successesUntilUp: z.number().int().min(1).max(100).default(2).describe('Good probes in a row that mark it up again.'),
  calls: callsAsProbes.prefault({}),
});

/** Where regions are. */
export const regionsSchema = z
  .record(
    z.string().min(1).max(100),
    z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
  )
  .default({})
  .describe(
    'Where regions are, in degrees: `{ "frankfurt": { latitude: 50.1, longitude: 8.7 } }`, for the gateway that is nearest to `callServer.region`.',
  );
