import type { DtlsAssociation, DtlsHandshakes, DtlsTerms, Fingerprint } from '../dtls/index.ts';
import { MediaError } from '../port/index.ts';
import type { IceCredentials, RtpLegHandle } from '../rtp-leg/index.ts';
import type { WebRtcTerms, WebRtcTermsToWrite } from '../sdp/index.ts';
import type { AgreedKeys } from './KeyExchange.ts';

export interface DtlsExchangeDeps {
  readonly dtls: Pick<DtlsHandshakes, 'fingerprint' | 'open'>;
  /** Bytes that nobody can guess. */
  readonly randomBytes: (length: number) => Uint8Array;
}

/** What is kept as long as the gateway is the same: a renegotiation changes no more than it says. */
interface OurSide {
  readonly ice: IceCredentials;
  readonly fingerprint: Fingerprint;
}

/**
 * Keys by DTLS (RFC 5763) with one gateway, whose packets the RTP leg has the port for. The association stands for as long as the
 * gateway keeps its fingerprint and ICE (RFC 8842 section 4); the keys that come of it are told by `onKeys`.
 */
export class DtlsExchange {
  readonly #deps: DtlsExchangeDeps;
  readonly #onKeys: () => void;
  #ours: OurSide | null = null;
  #mid: string | null = null;
  #role: DtlsTerms['role'] | null = null;
  #association: DtlsAssociation | null = null;
  /** Whom it is with. */
  #peer: string | null = null;
  #keys: AgreedKeys | null = null;
  #leg: RtpLegHandle | null = null;

  constructor(deps: DtlsExchangeDeps, onKeys: () => void) {
    this.#deps = deps;
    this.#onKeys = onKeys;
  }

  /** Our ICE and the keys so far; null: it isn't asked for. */
  get state(): { readonly ice: IceCredentials; readonly keys: AgreedKeys | null } | null {
    return this.#ours && { ice: this.#ours.ice, keys: this.#keys };
  }

  /** For an offer of ours. `mid` is the gateway's name for the audio, where it has one. */
  async offer(mid: string | null | undefined): Promise<WebRtcTermsToWrite> {
    this.#mid = mid ?? this.#mid;
    return { ...(await this.#open()), setup: 'actpass', mid: this.#mid };
  }

  /** The gateway has answered our offer. @throws MediaError `badAnswer` */
  accept(terms: WebRtcTerms, leg: RtpLegHandle): void {
    if (terms.setup === 'actpass') throw new MediaError('badAnswer', 'an answer says which side starts DTLS');
    this.#associate(terms, leg, terms.setup === 'active' ? 'server' : 'client');
  }

  /** What we take of the gateway's offer: who started DTLS stays who started it (RFC 8842 section 5.3). */
  async answer(terms: WebRtcTerms, leg: RtpLegHandle): Promise<WebRtcTermsToWrite> {
    const ours = await this.#open();
    const isSame = this.#peer === peerOf(terms);
    const role = isSame && this.#role ? this.#role : terms.setup === 'passive' ? 'client' : 'server';
    this.#associate(terms, leg, role);
    this.#mid = terms.mid;
    return { ...ours, setup: role === 'client' ? 'active' : 'passive', mid: terms.mid };
  }

  /** Another gateway, or none: nothing of this one is used again. Idempotent. */
  forget(): void {
    this.#ours = null;
    this.#mid = null;
    this.#peer = null;
    this.#role = null;
    this.#keys = null;
    this.#association?.close();
    this.#association = null;
    this.#leg?.off('dtls', this.#onPacket);
    this.#leg = null;
  }

  readonly #onPacket = (packet: Uint8Array): void => this.#association?.receive(packet);

  async #open(): Promise<OurSide> {
    if (this.#ours !== null) return this.#ours;
    const fingerprint = await this.#deps.dtls.fingerprint().catch((error: unknown) => {
      throw new MediaError('workerUnavailable', String(error));
    });
    const text = (length: number): string => Buffer.from(this.#deps.randomBytes(length)).toString('hex');
    this.#ours ??= { ice: { usernameFragment: text(4), password: text(16) }, fingerprint };
    return this.#ours;
  }

  #associate(terms: WebRtcTerms, leg: RtpLegHandle, role: DtlsTerms['role']): void {
    const peer = peerOf(terms);
    if (peer === this.#peer) return;
    this.#association?.close();
    this.#peer = peer;
    this.#role = role;
    this.#keys = null;
    if (this.#leg !== leg) leg.on('dtls', this.#onPacket);
    this.#leg = leg;
    this.#association = this.#deps.dtls.open(
      { role, remote: terms.fingerprint },
      {
        onSend: (packet) => leg.sendDtls(packet),
        onKeys: (keys) => {
          if (this.#peer !== peer) return;
          this.#keys = keys;
          this.#onKeys();
        },
      },
    );
  }
}

function peerOf({ fingerprint, ice }: WebRtcTerms): string {
  return `${fingerprint.value} ${ice?.usernameFragment ?? ''} ${ice?.password ?? ''}`;
}
