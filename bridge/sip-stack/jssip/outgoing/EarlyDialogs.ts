import { type SipResponse, tagOf } from '../../message/index.ts';
import type { AskedByJsSip, CallIdentity } from '../dialogs/CallIdentity.ts';
import { sdpOf } from '../dialogs/sdpOf.ts';
import { ReliableProvisionals } from './ReliableProvisionals.ts';

interface EarlyDialogsDeps {
  readonly identity: CallIdentity;
  readonly deliver: (text: string) => boolean;
  /** Sends a PRACK in the early dialog that JsSIP knows by this id. */
  readonly sendPrack: (dialogId: string, rack: string) => void;
}

/** SDP is kept of so many forks; a gateway that has more is not to be trusted. */
const MAX_FORKS = 64;

/** The 18x of one INVITE: their SDP by fork, their PRACKs. */
export class EarlyDialogs {
  readonly #deps: EarlyDialogsDeps;
  readonly #provisionals = new ReliableProvisionals();
  /** SDP of the last 18x, by To tag: a 2xx may leave it out. */
  readonly #sdp = new Map<string, string>();
  #hasReliableAnswer = false;

  constructor(deps: EarlyDialogsDeps) {
    this.#deps = deps;
  }

  /** Our offer has been answered for good, so that a new one may come (RFC 3311 section 5.2). */
  get hasReliableAnswer(): boolean {
    return this.#hasReliableAnswer;
  }

  /** A fork has changed its session by an offer of its own. */
  note(remoteTag: string, sdp: string): void {
    if (this.#sdp.has(remoteTag)) this.#sdp.set(remoteTag, sdp);
  }

  /** The SDP that a 2xx without any stands for. */
  sdpOf(response: SipResponse): string | undefined {
    return sdpOf(response) ?? this.#sdp.get(tagOf(response.headers.get('To')) ?? '');
  }

  /** Takes a 1xx; null for one that says nothing new. `handOn` must follow: it gives it to JsSIP and acknowledges it. */
  take(response: SipResponse, asked: AskedByJsSip): { sdp: string | null; handOn: () => void } | null {
    const { identity } = this.#deps;
    const reliability = this.#provisionals.judge(response);
    if (reliability.kind === 'ignore') return null;
    const remoteTag = tagOf(response.headers.get('To'));
    const sdp = sdpOf(response);
    const hasDialog = response.status > 100 && identity.learnDialog(response) !== null;
    const isKept = remoteTag !== undefined && (this.#sdp.size < MAX_FORKS || this.#sdp.has(remoteTag));
    if (sdp !== null && isKept) this.#sdp.set(remoteTag, sdp);
    // Without its SDP, which JsSIP would take for the final answer, and without a tag where there is no dialog to keep.
    const known = hasDialog ? remoteTag : undefined;
    const handOn = () => {
      this.#deps.deliver(identity.responseForJsSip({ status: response.status, remoteTag: known }, asked));
      if (reliability.kind === 'acknowledge' && known !== undefined && identity.jssip !== null) {
        this.#hasReliableAnswer ||= sdp !== null;
        const { callId, localTag } = identity.jssip;
        this.#deps.sendPrack(`${callId}${localTag}${identity.jssipTag(known)}`, reliability.rack);
      }
    };
    return { sdp, handOn };
  }
}
