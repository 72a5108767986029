import { z } from 'zod';
import { userIdSchema } from '../../../shared/domain/index.ts';

/** The index from user name to user: its id is the folded name, so that a name is found and kept unique without a scan. */
export const userNameClaimSchema = z.strictObject({
  id: z.string().min(1),
  userId: userIdSchema,
  /** Milliseconds since the epoch. */
  claimedAtMs: z.number().int().default(0),
});
export type UserNameClaim = z.infer<typeof userNameClaimSchema>;

/** RFC 8265 section 3.3 (UsernameCaseMapped), nearly: width and compatibility forms and case don't matter. */
export function foldUserName(userName: string): string {
  return userName.normalize('NFKC').trim().toLowerCase().normalize('NFC');
}
