import { jwtVerify, SignJWT } from 'jose';
import type { EmbedKeyId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { KeyRing } from './KeyRing.ts';

export interface FrameTicketsDeps {
  readonly keyRing: Pick<KeyRing, 'current' | 'get'>;
  readonly clock: Pick<Clock, 'now'>;
}

const type = 'dialbridge-frame+jwt';

/**
 * Says that our embed page was served to be framed by pages of a key's origins (`frame-ancestors`): what runs in the frame
 * has our own origin, and could not show by it that it may use the key. A JWT by HS256, told apart from access tokens by type.
 */
export class FrameTickets {
  /** How long a page may take from being served to signing in, in milliseconds. */
  static readonly ttlMs = 300_000;
  readonly #deps: FrameTicketsDeps;

  constructor(deps: FrameTicketsDeps) {
    this.#deps = deps;
  }

  /** Give it to a page alone that the browser shows in frames of the key's origins only. */
  async issue(embedKeyId: EmbedKeyId): Promise<string> {
    const { keyRing, clock } = this.#deps;
    const key = keyRing.current;
    return new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ: type, kid: key.id })
      .setSubject(embedKeyId)
      .setExpirationTime(Math.floor((clock.now() + FrameTickets.ttlMs) / 1000))
      .sign(Buffer.from(key.secret, 'base64url'));
  }

  /** @throws DialbridgeError `originNotAllowed` for one that is not of this key, ran out, or is none */
  async verify(ticket: string, embedKeyId: EmbedKeyId): Promise<void> {
    const { keyRing, clock } = this.#deps;
    try {
      await jwtVerify(
        ticket,
        ({ kid }) => {
          const key = keyRing.get(kid);
          if (key === undefined) throw new DialbridgeError('originNotAllowed');
          return Buffer.from(key.secret, 'base64url');
        },
        {
          algorithms: ['HS256'],
          typ: type,
          subject: embedKeyId,
          requiredClaims: ['exp'],
          currentDate: new Date(clock.now()),
        },
      );
    } catch (error) {
      throw new DialbridgeError('originNotAllowed', { cause: error });
    }
  }
}
