import { EventEmitter } from 'node:events';
import { z } from 'zod';
import { type UserId, userIdSchema } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Clock, Logger, Timer } from '../../observability/index.ts';
import type { Collection } from '../../storage/index.ts';
import type { EmbedKeys } from '../keys/EmbedKeys.ts';
import { isHostUser } from '../keys/hostUserId.ts';
import type { SigningKeys } from '../keys/SigningKeys.ts';
import type { SignInLinks } from '../sign-in/SignInLinks.ts';
import type { VerifiedAccess } from './AccessTokens.ts';
import type { RefreshSessions } from './RefreshSessions.ts';

/** A sign-in that was ended while tokens of it may still be about. */
export const endedFamilySchema = z.strictObject({
  id: z.string().min(1),
  /** Its last token has run out by then, in milliseconds since the epoch. */
  untilMs: z.number().int(),
});
export type EndedFamily = z.infer<typeof endedFamilySchema>;

/** A user whose tokens of before some moment are no good any more. Times in milliseconds since the epoch. */
export const endedUserSchema = z.strictObject({
  id: userIdSchema,
  /** Tokens issued until then are signed out for good, for this reason. */
  signedOut: z
    .strictObject({ atMs: z.number().int(), code: z.enum(['signedOutEverywhere', 'accountDisabled']) })
    .nullable(),
  /** Tokens issued until then say what is not so any more (role, brand, name), and have to be renewed. */
  changedAtMs: z.number().int().nullable(),
  /** The last of those tokens has run out by then. */
  untilMs: z.number().int(),
});
export type EndedUser = z.infer<typeof endedUserSchema>;

/** `rightsChanged`: tokens must be renewed, running calls go on. The others sign the person out and end the calls. */
export type UserEndReason = 'signedOutEverywhere' | 'accountDisabled' | 'rightsChanged';

/** A host application's token can be brought again for so long: `maxLifetimeMs` of signing keys at its most. */
const longestHostTokenMs = 86_400_000;

/** Why a token is no good any more. */
export interface AccessEnd {
  readonly error: DialbridgeError;
  /** Nobody comes back by the same sign-in: calls end too. False: a renewed token is as good as ever. */
  readonly isFinal: boolean;
}

type Access = Pick<VerifiedAccess, 'user' | 'brandId' | 'entry' | 'familyId' | 'issuedAtMs'>;

export interface RevocationsDeps {
  readonly endedFamilies: Collection<EndedFamily>;
  readonly endedUsers: Collection<EndedUser>;
  readonly refreshSessions: Pick<RefreshSessions, 'endUser'>;
  readonly signInLinks: Pick<SignInLinks, 'endUser'>;
  readonly embedKeys: Pick<EmbedKeys, 'get' | 'isPageOf' | 'reload'>;
  readonly signingKeys: Pick<SigningKeys, 'get' | 'reload'>;
  /** Life of an access token, in milliseconds. */
  readonly ttlMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How soon what another process ended is known here, in milliseconds. Default 500. */
  readonly intervalMs?: number;
}

export interface RevocationsEvents {
  /** The shared state was read: whoever holds open what somebody has a right to looks again. */
  read: [];
}

/** Which sign-ins, users and keys have lost their rights before their tokens run out by themselves; the same in every process. */
export class Revocations {
  readonly events = new EventEmitter<RevocationsEvents>();
  readonly #deps: RevocationsDeps;
  #families: ReadonlyMap<string, EndedFamily> = new Map();
  #users: ReadonlyMap<string, EndedUser> = new Map();
  #timer: Timer | undefined;
  #isFailing = false;
  #isClosed = false;

  static async create(deps: RevocationsDeps): Promise<Revocations> {
    const revocations = new Revocations(deps);
    await revocations.#read();
    revocations.#schedule();
    return revocations;
  }

  private constructor(deps: RevocationsDeps) {
    this.#deps = deps;
  }

  /** Ends every token of a sign-in at once, everywhere. */
  async endFamily(familyId: string): Promise<void> {
    await this.#deps.endedFamilies.put({ id: familyId, untilMs: this.#untilMs() });
    await this.#forget(this.#deps.endedFamilies);
    await this.#tell();
  }

  /** Ends every token that the user has, everywhere; and but for `rightsChanged` also what could get new ones without a password. */
  async endUser(userId: UserId, reason: UserEndReason): Promise<void> {
    // First: a renewal that still succeeds began before the moment that is noted below, and so its token is refused.
    if (reason !== 'rightsChanged')
      await Promise.all([this.#deps.refreshSessions.endUser(userId), this.#deps.signInLinks.endUser(userId)]);
    const atMs = this.#deps.clock.now();
    const untilMs = this.#untilMs() + (isHostUser(userId) ? longestHostTokenMs : 0);
    await this.#deps.endedUsers.update(userId, (present) => {
      const { signedOut = null, changedAtMs = null } = present ?? {};
      return reason === 'rightsChanged'
        ? { id: userId, signedOut, changedAtMs: atMs, untilMs }
        : { id: userId, signedOut: { atMs, code: reason }, changedAtMs, untilMs };
    });
    await this.#forget(this.#deps.endedUsers);
    this.#deps.logger.info({ userId, reason }, 'Ended the tokens of a user');
    await this.#tell();
  }

  /**
   * By what is true now in the store. @throws DialbridgeError `sessionExpired`, `signedOutEverywhere`, `accountDisabled`,
   * `tokenInvalid`, `embedKeyInvalid`, `originNotAllowed`
   */
  async check(access: Access): Promise<void> {
    const [family, user] = await Promise.all([
      this.#deps.endedFamilies.get(access.familyId),
      this.#deps.endedUsers.get(access.user.id),
    ]);
    const end = this.#judge(access, family, user);
    if (end) throw end.error;
  }

  /** By what was read last; undefined while the token is good. Waits for nothing. */
  look(access: Access): AccessEnd | undefined {
    return this.#judge(access, this.#families.get(access.familyId), this.#users.get(access.user.id));
  }

  close(): void {
    this.#isClosed = true;
    this.#deps.clock.clearTimeout(this.#timer);
    this.events.removeAllListeners();
  }

  #judge(access: Access, family: EndedFamily | undefined, user: EndedUser | undefined): AccessEnd | undefined {
    if (family !== undefined) return final('sessionExpired');
    if (user?.signedOut && access.issuedAtMs <= user.signedOut.atMs) return final(user.signedOut.code);
    if (user?.changedAtMs && access.issuedAtMs <= user.changedAtMs) return renewable();
    switch (access.entry.kind) {
      case 'account':
        return undefined;
      case 'hostToken':
        return this.#judgeHostToken(access, access.entry);
      case 'embedKey':
        return this.#judgeEmbedKey(access, access.entry);
    }
  }

  #judgeHostToken({ brandId }: Access, entry: Access['entry'] & { kind: 'hostToken' }): AccessEnd | undefined {
    const key = this.#deps.signingKeys.get(entry.signingKeyId);
    if (!key?.isEnabled) return final('tokenInvalid', { detail: 'its key is switched off' });
    const isKept = key.brandId === brandId && entry.groups.every((group) => key.groups.includes(group));
    return isKept ? undefined : renewable();
  }

  #judgeEmbedKey({ brandId }: Access, entry: Access['entry'] & { kind: 'embedKey' }): AccessEnd | undefined {
    const key = this.#deps.embedKeys.get(entry.embedKeyId);
    if (!key?.isEnabled) return final('embedKeyInvalid');
    if (!entry.isFramed && !this.#deps.embedKeys.isPageOf(key, entry.origin)) return final('originNotAllowed');
    return key.brandId === brandId ? undefined : renewable();
  }

  #untilMs(): number {
    // A token's end is rounded up to the full second.
    return this.#deps.clock.now() + this.#deps.ttlMs + 1000;
  }

  /** What was ended before is forgotten when its tokens have run out by themselves. */
  async #forget<T extends { readonly id: string; readonly untilMs: number }>(ended: Collection<T>): Promise<void> {
    const now = this.#deps.clock.now();
    const forgotten = (await ended.list()).filter(({ untilMs }) => untilMs < now);
    await Promise.all(
      forgotten.map(({ id }) =>
        ended.update(id, (present) => (present && present.untilMs < now ? undefined : present)),
      ),
    );
  }

  async #tell(): Promise<void> {
    await this.#read();
    if (!this.#isClosed) this.events.emit('read');
  }

  async #read(): Promise<void> {
    const { endedFamilies, endedUsers, embedKeys, signingKeys } = this.#deps;
    const [families, users] = await Promise.all([
      endedFamilies.list(),
      endedUsers.list(),
      embedKeys.reload(),
      signingKeys.reload(),
    ]);
    this.#families = new Map(families.map((family) => [family.id, family]));
    this.#users = new Map(users.map((user) => [user.id, user]));
  }

  #schedule(): void {
    if (this.#isClosed) return;
    this.#timer = this.#deps.clock.setTimeout(() => void this.#readAndSchedule(), this.#deps.intervalMs ?? 500);
    this.#timer.unref();
  }

  async #readAndSchedule(): Promise<void> {
    try {
      await this.#tell();
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.#deps.logger.warn({ error }, 'Could not read whose rights have ended; looking again');
      this.#isFailing = true;
    }
    this.#schedule();
  }
}

function final(code: ConstructorParameters<typeof DialbridgeError>[0], details = {}): AccessEnd {
  return { error: new DialbridgeError(code, { details }), isFinal: true };
}

function renewable(): AccessEnd {
  return { error: new DialbridgeError('sessionExpired'), isFinal: false };
}
