import { hash } from 'node:crypto';
import {
  type DialogState,
  dialogOfUac,
  parseCSeq,
  reasonPhrase,
  type SipRequest,
  type SipResponse,
  tagOf,
} from '../../message/index.ts';

/** The names that JsSIP knows in place of the real ones; it parses and repeats only these. */
export const JSSIP_LOCAL = 'sip:bridge@jssip.invalid';
export const JSSIP_REMOTE = 'sip:gateway@jssip.invalid';

/** What JsSIP must find in a response to its request. */
export interface AskedByJsSip {
  readonly branch: string;
  readonly cseq: string;
}

const STAND_IN_OFFER = 'v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n';

/** Beyond this many telephones that ring at once, further early dialogs are not kept. */
const MAX_EARLY_DIALOGS = 64;

/**
 * Who a call is on the wire, and who JsSIP believes it to be. JsSIP sees made-up addresses, so that nothing a gateway writes
 * into its headers (a `tel:` address, an unreadable name, a Contact that its grammar doesn't know) can make it throw or drop the
 * message; what it sends gets the real ones back.
 */
export class CallIdentity {
  readonly callId: string;
  readonly localTag: string;
  /** By the tag that JsSIP knows. */
  readonly #dialogs = new Map<string, DialogState>();
  #established: string | null = null;
  /** Call-ID and tag of our side as JsSIP knows them, once it has made them. */
  jssip: { readonly callId: string; readonly localTag: string } | null = null;

  constructor(options: { readonly callId: string; readonly localTag: string }) {
    this.callId = options.callId;
    this.localTag = options.localTag;
  }

  /** The tag that JsSIP is told instead: any octets of theirs become a token. */
  jssipTag(remoteTag: string): string {
    return hash('sha1', remoteTag).slice(0, 20);
  }

  /** Keeps the dialog of a 101-299 response; later ones replace it, as a 2xx does its 18x (RFC 3261 section 13.2.2.4). */
  learnDialog(response: SipResponse): DialogState | null {
    const tag = tagOf(response.headers.get('To'));
    const dialog = tag === undefined ? null : dialogOfUac(response);
    if (tag === undefined || dialog === null) return null;
    const key = this.jssipTag(tag);
    const known = this.#dialogs.get(key);
    if (response.status < 200 && this.#dialogs.size >= MAX_EARLY_DIALOGS && known === undefined) return null;
    // PRACKs were counted in the early dialog.
    dialog.localSequence = Math.max(dialog.localSequence, known?.localSequence ?? 0);
    this.#dialogs.set(key, dialog);
    return dialog;
  }

  /** The dialog that the call goes on in, once it is answered; its `localSequence` counts all that we send. */
  get established(): DialogState | null {
    return this.#established === null ? null : (this.#dialogs.get(this.#established) ?? null);
  }

  /** This 2xx of several that there may be is the answer. */
  establish(response: SipResponse): void {
    this.#established = this.jssipTag(tagOf(response.headers.get('To')) ?? '');
  }

  /** Keeps the dialog that our answer to their INVITE made. */
  adopt(dialog: DialogState): void {
    this.#established = this.jssipTag(tagOf(dialog.remote) ?? '');
    this.#dialogs.set(this.#established, dialog);
  }

  dialog(jssipRemoteTag: string): DialogState | undefined {
    return this.#dialogs.get(jssipRemoteTag);
  }

  /** The Contact of a re-INVITE or UPDATE (RFC 3261 section 12.2.2). False where it is the same as before. */
  retarget(remoteTag: string, target: string): boolean {
    const key = this.jssipTag(remoteTag);
    const dialog = this.#dialogs.get(key);
    if (dialog === undefined || dialog.remoteTarget === target) return false;
    this.#dialogs.set(key, { ...dialog, remoteTarget: target });
    return true;
  }

  /**
   * A response as JsSIP gets it. `branch` is that of JsSIP's own transaction. Without Content-Length, which JsSIP doesn't need:
   * to read its headers by its grammar is the dearest part of a call's signalling.
   */
  responseForJsSip(
    response: { status: number; remoteTag?: string | undefined },
    request: AskedByJsSip,
    more: readonly string[] = [],
    sdp: string | null = null,
  ): string {
    const tag = response.remoteTag === undefined ? '' : `;tag=${this.jssipTag(response.remoteTag)}`;
    const isDialog = tag !== '' && response.status > 100 && response.status < 300;
    return [
      `SIP/2.0 ${response.status} ${reasonPhrase(response.status)}`,
      `Via: SIP/2.0/UDP jssip.invalid;branch=${request.branch}`,
      `From: <${JSSIP_LOCAL}>;tag=${this.jssip?.localTag}`,
      `To: <${JSSIP_REMOTE}>${tag}`,
      `Call-ID: ${this.jssip?.callId}`,
      `CSeq: ${request.cseq}`,
      ...(isDialog ? [`Contact: <${JSSIP_REMOTE}>`] : []),
      ...more,
      ...(sdp === null ? [] : ['Content-Type: application/sdp']),
      '',
      sdp ?? '',
    ].join('\r\n');
  }

  /** The INVITE of the gateway as JsSIP gets it. What was offered is its owner's affair: JsSIP sees that something was, or wasn't. */
  inviteForJsSip(invite: SipRequest, { branch, hasOffer }: { branch: string; hasOffer: boolean }): string {
    return this.requestForJsSip(invite, branch, [], hasOffer ? STAND_IN_OFFER : null);
  }

  /** A request of the gateway as JsSIP gets it; its answer comes back with `branch`. */
  requestForJsSip(request: SipRequest, branch: string, more: readonly string[], sdp: string | null): string {
    const remoteTag = tagOf(request.headers.get('From')) ?? '';
    const localTag = this.jssip?.localTag;
    return [
      `${request.method} ${JSSIP_LOCAL} SIP/2.0`,
      `Via: SIP/2.0/UDP jssip.invalid;branch=${branch}`,
      'Max-Forwards: 70',
      `From: <${JSSIP_REMOTE}>;tag=${this.jssipTag(remoteTag)}`,
      `To: <${JSSIP_LOCAL}>${localTag === undefined || localTag === '' ? '' : `;tag=${localTag}`}`,
      `Call-ID: ${this.jssip?.callId}`,
      `CSeq: ${parseCSeq(request.headers.get('CSeq') ?? '')?.number ?? 0} ${request.method}`,
      `Contact: <${JSSIP_REMOTE}>`,
      ...more,
      ...bodyLines(sdp),
    ].join('\r\n');
  }
}

function bodyLines(sdp: string | null): string[] {
  const type = sdp === null ? [] : ['Content-Type: application/sdp'];
  return [...type, `Content-Length: ${Buffer.byteLength(sdp ?? '')}`, '', sdp ?? ''];
}
