import { z } from 'zod';
import { embedKeyIdSchema, groupIdSchema, signingKeyIdSchema } from '../../../shared/domain/index.ts';

/** By which way somebody came in, and what that allows them beyond being who they are. */
export const entrySchema = z.discriminatedUnion('kind', [
  /** An account of ours, by password or sign-in link. Its groups and caller IDs are looked up where they are needed. */
  z.object({ kind: z.literal('account') }),
  /** A host application's signed token. */
  z.object({
    kind: z.literal('hostToken'),
    signingKeyId: signingKeyIdSchema,
    groups: z.array(groupIdSchema),
    /** Prefixes; null: no bound of the token's own. */
    destinations: z.array(z.string()).nullable(),
    callerNumbers: z.array(z.string()).nullable(),
  }),
  /** An anonymous visitor. */
  z.object({
    kind: z.literal('embedKey'),
    embedKeyId: embedKeyIdSchema,
    /** Of the page that the visitor is on: one of the key's, or the bridge's own where it `isFramed` by one of the key's. */
    origin: z.string(),
    isFramed: z.boolean().optional(),
  }),
]);
export type Entry = z.infer<typeof entrySchema>;
