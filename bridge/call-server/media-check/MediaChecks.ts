import type { UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { AckData } from '../../../shared/protocol/index.ts';
import type { EchoSession, MediaRelay } from '../../media-relay/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../../observability/index.ts';
import type { CallClient } from '../CallServer.ts';
import { toMediaFault } from '../call-handler/index.ts';

export interface MediaChecksDeps {
  readonly relay: Pick<MediaRelay, 'createEchoSession'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How long an echo test may last, in milliseconds. */
export const longestCheckMs = 30_000;
/** A person may have two pages open; each check is as much work for the media worker as a call. */
export const mostChecksPerUser = 2;
export const mostChecksAtOnce = 50;

interface Check {
  readonly userId: UserId;
  readonly deviceId: string;
  readonly echo: EchoSession;
  readonly endsAtMs: number;
  readonly timer: Timer;
}

/** Echo tests before a call: the browser's audio to this call server's media relay and back, no gateway, no record. */
export class MediaChecks {
  readonly #deps: MediaChecksDeps;
  readonly #checks = new Map<string, Check>();

  constructor(deps: MediaChecksDeps) {
    this.#deps = deps;
  }

  /**
   * Begins a check, or gives a running one of the same device a new connection; its end stays.
   * @throws DialbridgeError `tooManyAttempts` beyond the bounds, `badOffer`, `noCommonCodec`, `mediaUnavailable`
   */
  async start(client: CallClient, checkId: string, offer: string): Promise<AckData<'media:check'>> {
    const running = this.#checks.get(checkId);
    if (running !== undefined && !isOf(running, client)) throw new DialbridgeError('conflict');
    const check = running ?? this.#open(client, checkId);
    try {
      return { answer: await check.echo.acceptBrowserOffer(offer), endsAtMs: check.endsAtMs };
    } catch (error) {
      await this.#end(checkId);
      throw toMediaFault(error);
    }
  }

  /** One that has ended, or is somebody else's, is as good as ended. */
  async end(client: CallClient, checkId: string): Promise<void> {
    const check = this.#checks.get(checkId);
    if (check !== undefined && isOf(check, client)) await this.#end(checkId);
  }

  /** The device's connection went: nobody would end its checks. */
  gone(client: CallClient): void {
    for (const [checkId, check] of this.#checks) {
      if (isOf(check, client)) drop(this.#end(checkId), this.#deps.logger, 'ending an echo test');
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#checks.keys()].map((checkId) => this.#end(checkId)));
  }

  #open({ user, deviceId }: CallClient, checkId: string): Check {
    const { clock, relay, logger } = this.#deps;
    const all = [...this.#checks.values()];
    const ofUser = all.filter(({ userId }) => userId === user.id);
    const crowd = ofUser.length >= mostChecksPerUser ? ofUser : all.length >= mostChecksAtOnce ? all : null;
    if (crowd !== null) {
      const firstEndsAtMs = Math.min(...crowd.map(({ endsAtMs }) => endsAtMs));
      throw new DialbridgeError('tooManyAttempts', { retryAfterMs: Math.max(0, firstEndsAtMs - clock.now()) });
    }
    const check: Check = {
      ...{ userId: user.id, deviceId, echo: relay.createEchoSession(), endsAtMs: clock.now() + longestCheckMs },
      timer: clock.setTimeout(() => drop(this.#end(checkId), logger, 'ending an echo test'), longestCheckMs),
    };
    this.#checks.set(checkId, check);
    return check;
  }

  async #end(checkId: string): Promise<void> {
    const check = this.#checks.get(checkId);
    if (check === undefined) return;
    this.#checks.delete(checkId);
    this.#deps.clock.clearTimeout(check.timer);
    await check.echo.close();
  }
}

function isOf(check: Check, { user, deviceId }: CallClient): boolean {
  return check.userId === user.id && check.deviceId === deviceId;
}
