import type { SipResponse } from '../../message/index.ts';
import type { SipRequestFailure } from '../../port/index.ts';
import type { OwnerDescriptions } from '../dialogs/OwnerDescriptions.ts';
import type { DialogRequests } from '../established/DialogRequests.ts';
import type { Reinvites } from '../established/Reinvites.ts';

interface RefresherDeps {
  readonly requests: DialogRequests;
  readonly reinvites: Reinvites;
  /** Whether the gateway takes UPDATE. */
  readonly takesUpdate: () => boolean;
  readonly headers: () => readonly (readonly [name: string, value: string])[];
  readonly learnInterval: (response: SipResponse) => boolean;
  readonly onAccepted: (response: SipResponse) => void;
  readonly onLost: (failure: SipRequestFailure) => void;
  readonly descriptions: () => OwnerDescriptions | null;
}

/** The version of a description may be counted up though nothing has changed. */
const withoutOrigin = (sdp: string): string => sdp.replace(/^o=.*$/m, '');

/** Refreshes a session (RFC 4028 section 7.4): by UPDATE without SDP where that is taken, else by the same offer again. */
export class Refresher {
  readonly #deps: RefresherDeps;
  #isUpdateRefused = false;

  constructor(deps: RefresherDeps) {
    this.#deps = deps;
  }

  /** False where it came to nothing; the session lasts until it expires. */
  async refresh(): Promise<boolean> {
    if (this.#isUpdateRefused || !this.#deps.takesUpdate()) return this.#byInvite();
    const { requests, headers, learnInterval, onAccepted, onLost } = this.#deps;
    for (;;) {
      const outcome = await requests.send({ method: 'UPDATE', headers: headers() });
      if (outcome.kind === 'transport') return false;
      if (outcome.kind === 'timeout') {
        onLost({ status: null, reason: 'the gateway did not answer' });
        return false;
      }
      const { response } = outcome;
      const { status, reason } = response;
      if (status < 300) {
        onAccepted(response);
        return true;
      }
      if (status === 422 && learnInterval(response)) continue;
      if (status === 408 || status === 481) onLost({ status, reason });
      this.#isUpdateRefused = status === 405 || status === 501;
      return this.#isUpdateRefused ? this.#byInvite() : false;
    }
  }

  async #byInvite(): Promise<boolean> {
    const { reinvites, descriptions } = this.#deps;
    const known = descriptions();
    if (known === null) return false;
    const before = known.remote;
    try {
      const answer = await reinvites.send(async () => known.local);
      // What is the same needs no telling: the owner may be about to change something itself.
      const isSame = before !== null && withoutOrigin(answer) === withoutOrigin(before);
      if (!isSame) known.takeAnswer(answer);
      return true;
    } catch {
      return false;
    }
  }
}
