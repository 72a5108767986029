import type { SipResponse } from '../../message/index.ts';
import type { SipCredentials } from '../../port/index.ts';
import { answerChallenge, type DigestChallenge, readChallenges } from './digest.ts';

interface CallCredentialsDeps {
  readonly credentials: SipCredentials | undefined;
  readonly token: () => string;
}

/** A gateway and the proxy before it may both ask; JsSIP answers no third time. */
const MAX_ROUNDS = 2;

/** The challenges that one call was asked, and their answers for each of its requests (RFC 3261 section 22.3). */
export class CallCredentials {
  readonly #deps: CallCredentialsDeps;
  readonly #known = new Map<string, { challenge: DigestChallenge; uses: number }>();
  /** Rounds since the last request that was accepted. */
  #rounds = 0;
  #ofInvite: (readonly [name: string, value: string])[] = [];

  constructor(deps: CallCredentialsDeps) {
    this.#deps = deps;
  }

  /** Takes a 401 or 407. False when asking again can't help: no credentials, nothing readable, or our answer was wrong. */
  #learn(response: SipResponse): boolean {
    if (this.#deps.credentials === undefined || this.#rounds >= MAX_ROUNDS) return false;
    const challenges = readChallenges(response.headers);
    let isNew = false;
    for (const challenge of challenges) {
      const key = `${challenge.kind} ${challenge.realm}`;
      const known = this.#known.get(key);
      // The same question after an answer means that the password is wrong, unless only the nonce was too old. On the first
      // request after others were accepted a new nonce is just that, though not every gateway says `stale`.
      const isFresh = known === undefined || challenge.isStale || (this.#rounds === 0 && known.uses > 0);
      if (!isFresh) continue;
      isNew = true;
      this.#known.set(key, { challenge, uses: 0 });
    }
    this.#rounds += 1;
    return isNew;
  }

  /** Whether a response is a challenge that another try can meet. Anything else that is final shows that the last try did. */
  wantsAnother(response: SipResponse): boolean {
    if (response.status === 401 || response.status === 407) return this.#learn(response);
    if (response.status >= 200) this.#rounds = 0;
    return false;
  }

  /**
   * Headers that make JsSIP send its request again with the next CSeq; the answer to the real challenge is put in on the way
   * out. A second challenge it takes only when it is called stale.
   */
  challengeForJsSip(): string[] {
    return [`WWW-Authenticate: Digest realm="jssip", nonce="0", algorithm=MD5, stale=${this.#rounds > 1}`];
  }

  /** Headers for a request of this call; none before the first challenge. */
  headersFor(request: { method: string; uri: string; body: string }): (readonly [name: string, value: string])[] {
    const { credentials, token } = this.#deps;
    if (credentials === undefined) return [];
    // The ACK can't be challenged and repeats what its INVITE carried (RFC 3261 section 22.1).
    if (request.method === 'ACK') return this.#ofInvite;
    const headers = [...this.#known.values()].map((known) => {
      known.uses += 1;
      const { name, value } = answerChallenge({
        challenge: known.challenge,
        credentials,
        ...request,
        nonceCount: known.uses,
        clientNonce: token(),
      });
      return [name, value] as const;
    });
    if (request.method === 'INVITE') this.#ofInvite = headers;
    return headers;
  }
}
