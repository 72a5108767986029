import { createHash } from 'node:crypto';
import { type BrandId, type EmbedKeyId, userIdSchema } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { SignedInUser, SignInRequest } from '../../../shared/protocol/index.ts';
import type { Clock } from '../../observability/index.ts';
import { AttemptThrottle, RateLimit } from '../../throttle/index.ts';
import type { EmbedKeys } from '../keys/EmbedKeys.ts';
import type { FrameTickets } from '../keys/FrameTickets.ts';
import type { HostTokens } from '../keys/HostTokens.ts';
import type { Page, PageOrigins } from '../keys/PageOrigins.ts';
import type { Entry } from '../tokens/entry.ts';
import { addressKey } from './addressKey.ts';

export interface GuestSignInDeps {
  readonly hostTokens: Pick<HostTokens, 'verify'>;
  readonly embedKeys: Pick<EmbedKeys, 'demand'>;
  readonly frameTickets: Pick<FrameTickets, 'verify'>;
  readonly pageOrigins: Pick<PageOrigins, 'fits'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
}

/** Somebody without an account here, and how far they may go. */
export interface Guest {
  readonly user: SignedInUser;
  readonly brandId: BrandId;
  readonly entry: Entry;
  /** When the bridge or the host application vouched for them, in milliseconds since the epoch. */
  readonly issuedAtMs: number;
  /** Until when, in milliseconds since the epoch; null: as long as any token lives. */
  readonly notAfterMs: number | null;
}

interface Place {
  /** IP address. */
  readonly address: string;
  readonly page: Page;
}

type EmbedRequest = Extract<SignInRequest, { embedKey: string }>;

/** Lets in whom a host application's token or an embed key speaks for. They get no cookie: they come again the same way. */
export class GuestSignIn {
  readonly #deps: GuestSignInDeps;
  readonly #wrongTokens: AttemptThrottle;
  readonly #visits: RateLimit;

  constructor(deps: GuestSignInDeps) {
    this.#deps = deps;
    const { clock } = deps;
    this.#wrongTokens = new AttemptThrottle({
      clock,
      freeAttempts: 30,
      firstDelayMs: 1000,
      maxDelayMs: 60_000,
      forgetAfterMs: 900_000,
    });
    // A key is public, so there is nothing to guess; this bounds how many visitors one place can be.
    this.#visits = new RateLimit({ clock, burst: 60, intervalMs: 2000 });
  }

  /** @throws DialbridgeError `tokenInvalid`, `originNotAllowed`, `tooManyAttempts` */
  async byHostToken(hostToken: string, { address, page }: Place): Promise<Guest> {
    const place = addressKey(address);
    const retryAfterMs = this.#wrongTokens.retryAfterMs(place);
    if (retryAfterMs > 0) throw new DialbridgeError('tooManyAttempts', { retryAfterMs });
    this.#wrongTokens.begin(place);
    const { user, brandId, entry, issuedAtMs, expiresAtMs } = await this.#deps.hostTokens.verify(hostToken);
    if (!this.#deps.pageOrigins.fits(entry, page)) throw new DialbridgeError('originNotAllowed');
    this.#wrongTokens.refund(place);
    return { user, brandId, entry, issuedAtMs, notAfterMs: expiresAtMs };
  }

  /** @throws DialbridgeError `embedKeyInvalid`, `originNotAllowed`, `tooManyAttempts` */
  async byEmbedKey({ embedKey, visitorId, frameTicket }: EmbedRequest, { address, page }: Place): Promise<Guest> {
    const retryAfterMs = this.#visits.take(addressKey(address));
    if (retryAfterMs > 0) throw new DialbridgeError('tooManyAttempts', { retryAfterMs });
    const key = this.#deps.embedKeys.demand(embedKey as EmbedKeyId);
    if (frameTicket !== undefined) await this.#deps.frameTickets.verify(frameTicket, key.id);
    const entry = {
      kind: 'embedKey',
      embedKeyId: key.id,
      origin: page.origin ?? '',
      isFramed: frameTicket !== undefined,
    } as const;
    if (!this.#deps.pageOrigins.fits(entry, page)) throw new DialbridgeError('originNotAllowed');
    const id = userIdSchema.parse(`visitor:${this.#visitorName(key.id, visitorId)}`);
    return {
      // The name stands in the From of calls. Rules never go by it.
      user: { id, userName: 'visitor', displayName: key.visitorName, role: 'visitor' },
      brandId: key.brandId,
      entry,
      issuedAtMs: this.#deps.clock.now(),
      notAfterMs: null,
    };
  }

  #visitorName(keyId: EmbedKeyId, visitorId: string | undefined): string {
    if (visitorId === undefined) return this.#deps.newId();
    return createHash('sha256')
      .update(JSON.stringify([keyId, visitorId]))
      .digest('base64url');
  }
}
