import type { CodecName } from '../../../../shared/domain/index.ts';
import {
  type GatewayAnswer,
  MediaError,
  type PeerDescription,
  readPeerDescription,
  reverseDirection,
  writePeerDescription,
} from '../../../media-relay/index.ts';

type Direction = GatewayAnswer['direction'];

/** What an answer of the gateway is to the browser. */
type AnswerUse = 'forBrowser' | 'known' | 'changed';

/** What a browser and a gateway tell each other of their audio, read and written anew in between. */
export class DirectPath {
  readonly #browser: PeerDescription;
  readonly #codecs: PeerDescription['codecs'];
  #version = 0;
  #direction: Direction = 'sendrecv';
  #gateway: PeerDescription | null = null;

  /**
   * `codecs` are those that the gateway may use, best first.
   * @throws MediaError `noCommonCodec`
   */
  constructor(browser: PeerDescription, codecs: readonly CodecName[]) {
    this.#browser = browser;
    this.#codecs = codecs.flatMap((codec) => browser.codecs.find((known) => known.codec === codec) ?? []);
    if (this.#codecs.length === 0) throw new MediaError('noCommonCodec', 'the browser speaks none of these codecs');
  }

  /** The browser’s offer, with the gateway’s codecs in its order. */
  offer(direction: Direction = this.#direction): string {
    this.#direction = direction;
    return this.#write({ direction, codecs: this.#codecs, setup: 'actpass' });
  }

  /**
   * What is agreed now, and what that is to the browser: its answer, nothing new, or another way that it would need a new offer for.
   * @throws MediaError `badAnswer`, `notEncrypted`, `noCommonCodec`
   */
  take(sdp: string): { readonly agreed: GatewayAnswer; readonly use: AnswerUse } {
    const gateway = readPeerDescription(sdp, 'badAnswer');
    if (gateway.setup === 'actpass') throw new MediaError('badAnswer', 'an answer says which side starts DTLS');
    const codecs = this.#known(gateway);
    const before = this.#gateway;
    this.#gateway = { ...gateway, codecs };
    const use = before === null ? 'forBrowser' : isSamePeer(before, gateway) ? 'known' : 'changed';
    return { agreed: this.#agreed(codecs, gateway.direction), use };
  }

  /** The gateway’s answer as the browser gets it. */
  answerForBrowser(): string {
    const gateway = this.#gateway;
    if (gateway === null) throw new MediaError('badAnswer', 'the gateway has not answered');
    const { mid, isBundled } = this.#browser;
    return writePeerDescription({ ...gateway, mid, isBundled, version: 1, direction: 'sendrecv' });
  }

  /**
   * Answers what the gateway offers inside the call (hold, refreshes) in the browser’s name, which isn’t asked.
   * @throws MediaError for anything that the browser would have to take part in
   */
  answer(sdp: string): { readonly sdp: string; readonly agreed: GatewayAnswer } {
    const gateway = readPeerDescription(sdp, 'badOffer');
    const before = this.#gateway;
    if (before === null || !isSamePeer(before, gateway)) {
      throw new MediaError('badOffer', 'the gateway offers another way than the one that the browser has');
    }
    const codecs = this.#known(gateway);
    this.#gateway = { ...gateway, setup: before.setup, codecs };
    // Who started DTLS stays who started it (RFC 8842 section 5.5).
    const setup = before.setup === 'active' ? 'passive' : 'active';
    const direction = isHolding(this.#direction) ? 'inactive' : reverseDirection(gateway.direction);
    return { sdp: this.#write({ direction, codecs, setup }), agreed: this.#agreed(codecs, gateway.direction) };
  }

  #write(what: Pick<PeerDescription, 'direction' | 'codecs' | 'setup'>): string {
    this.#version += 1;
    return writePeerDescription({ ...this.#browser, ...what, version: this.#version });
  }

  /** Those of the gateway’s codecs that it was offered. */
  #known({ codecs }: PeerDescription): PeerDescription['codecs'] {
    const known = codecs.filter(({ codec }) => this.#codecs.some((offered) => offered.codec === codec));
    if (known.length === 0) throw new MediaError('noCommonCodec', 'the gateway chose no codec that it was offered');
    return known;
  }

  #agreed([first]: PeerDescription['codecs'], direction: Direction): GatewayAnswer {
    if (first === undefined) throw new MediaError('noCommonCodec', 'the gateway chose no codec');
    // Key tones go by INFO: who presses keys speaks with us, and the audio doesn’t pass here.
    return { codec: first.codec, dtmfPayloadType: null, direction };
  }
}

function isHolding(direction: Direction): boolean {
  return direction === 'inactive' || direction === 'sendonly';
}

/** The same ICE and DTLS: what browser and gateway have between them stands. */
function isSamePeer(one: PeerDescription, other: PeerDescription): boolean {
  return (
    one.ice.usernameFragment === other.ice.usernameFragment &&
    one.ice.password === other.ice.password &&
    one.fingerprint.value === other.fingerprint.value
  );
}
