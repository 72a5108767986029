import { z } from 'zod';
import { durationMs } from './configFields.ts';

export const callsSchema = z.strictObject({
  ringTimeoutMs: durationMs.default(60_000).describe('How long it may ring before the call ends with "no answer".'),
  firstResponseTimeoutMs: durationMs
    .default(1500)
    .describe('A gateway that has answered the INVITE with nothing at all for so long is given up for the next.'),
  progressTimeoutMs: durationMs
    .default(20_000)
    .describe('The same for one that said 100 and then neither rings nor answers.'),
  reconnectWindowMs: durationMs
    .default(30_000)
    .describe('How long a call is held for a browser that went away (reload, network change).'),
  deadCallMs: durationMs
    .default(60_000)
    .describe(
      'A call in which no audio has come from either side for so long is ended, but for one on hold. A gateway that alone falls silent is asked whether it still has the call.',
    ),
  directConnectMs: durationMs
    .default(4000)
    .describe(
      'A gateway with `media: direct` and the browser have so long to connect with each other, from the gateway’s answer on; then the audio goes by the bridge.',
    ),
  maxDurationMs: durationMs
    .default(4 * 3_600_000)
    .describe(
      'An answered call is ended after this time; it is warned a minute before. Rules and embed keys may allow less.',
    ),
  dtmfToneMs: z.number().int().min(70).max(6000).default(120).describe('Length of each keypad tone.'),
  dtmfGapMs: z.number().int().min(30).max(6000).default(80).describe('Pause between keypad tones.'),
  callerNumber: z
    .string()
    .regex(/^\+?\d{1,15}$/, 'expected up to 15 digits, with or without a +')
    .nullable()
    .default(null)
    .describe(
      'Number shown to the called party where neither rule, user, token, embed key nor brand has a caller ID and the gateway has no `callerNumber` of its own; null: none.',
    ),
});
