import { z } from 'zod';
import { brandIdSchema, groupIdSchema, numberIdSchema } from '../domain/index.ts';
import { keptFields, plainText, prefixSchema } from './kept.ts';
import { ruleWhenSchema } from './rule.ts';

const userName = z.string().min(1).max(100).describe('User name (case does not matter)');
const ringSeconds = z.number().int().min(5).max(600);

/** Who is rung. */
export const numberDestinationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('user'), userName }),
  z.strictObject({
    kind: z.literal('group'),
    groupId: groupIdSchema,
    ring: z.enum(['all', 'inTurn']).default('all').describe('Everybody at once, or one after another by user name'),
    secondsEach: ringSeconds.default(15).describe('How long each rings, where they ring in turn'),
  }),
  z.strictObject({
    kind: z.literal('telephone'),
    number: prefixSchema.refine((number) => number.length > 3, 'expected a telephone number in E.164'),
    userName: userName.describe('In whose name it is called: this user’s rules, limits and caller ID apply'),
  }),
]);
export type NumberDestination = z.infer<typeof numberDestinationSchema>;

/** A number of ours: who is called when somebody calls it. */
export const numberDraftSchema = z.strictObject({
  name: plainText(100).optional().describe('Shown to who is called: `Support`'),
  brandId: brandIdSchema,
  isEnabled: z.boolean().default(true).describe('false: callers are told that there is no such number'),
  destination: numberDestinationSchema,
  ringSeconds: ringSeconds.default(30).describe('How long the destination rings'),
  otherwise: z
    .strictObject({
      when: z
        .array(z.enum(['noAnswer', 'busy', 'declined', 'unreachable', 'closed']))
        .min(1)
        .default(['noAnswer', 'busy', 'declined', 'unreachable', 'closed'])
        .describe('`unreachable`: no device is connected, or nobody may be disturbed. `closed`: outside the hours'),
      destination: numberDestinationSchema,
      ringSeconds: ringSeconds.default(30),
    })
    .nullable()
    .default(null)
    .describe('Second destination; null: the caller is told how it went'),
  hours: ruleWhenSchema.nullable().default(null).describe('When the destination is rung; null: always'),
});
export type NumberDraft = z.infer<typeof numberDraftSchema>;

/** As the config's `seed` has it, and `POST /admin/numbers`. The id is the number itself. */
export const numberSeedSchema = numberDraftSchema.extend({ id: numberIdSchema });
export type NumberSeed = z.infer<typeof numberSeedSchema>;

export const numberSchema = numberSeedSchema.extend(keptFields);
export type NumberEntry = z.infer<typeof numberSchema>;
