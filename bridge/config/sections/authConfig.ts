import { z } from 'zod';
import { durationMs } from './configFields.ts';

const day = 24 * 3_600_000;

export const authSchema = z.strictObject({
  accessTokenTtlMs: durationMs.default(600_000).describe('Life of an access token; clients refresh it by themselves.'),
  refreshTtlMs: z
    .number()
    .int()
    .min(1)
    .max(3650 * day)
    .default(30 * day)
    .describe('How long somebody stays signed in without using the bridge.'),
  signInLinkTtlMs: durationMs.default(day).describe('Life of a sign-in link that was never opened.'),
});
