import { EventEmitter } from 'node:events';
import type { CodecName } from '../../../../shared/domain/index.ts';
import {
  type GatewayAnswer,
  type GatewayMedia,
  type HeldSound,
  MediaError,
  type MediaSession,
  type MediaSessionEvents,
  type MediaSessionStats,
} from '../../../media-relay/index.ts';

/** Joins sessions of which nothing is heard; `joined` says which. */
export class FakeJoins {
  readonly joined: (readonly [unknown, unknown])[] = [];
  error: MediaError | null = null;

  readonly join = async (one: unknown, other: unknown): Promise<void> => {
    if (this.error) throw this.error;
    this.joined.push([one, other]);
  };
}

/** A media session without media; what it was asked is in `asked`. */
export class FakeMediaSession extends EventEmitter<MediaSessionEvents> implements MediaSession {
  readonly asked: string[] = [];
  dtmfPayloadType: number | null = 101;
  offerError: MediaError | null = null;
  /** What the audio of the gateway was like. */
  mos: number | null = null;
  /** Codecs that no offer can be made of. */
  readonly strangeCodecs = new Set<string>();
  /** What the answer to the browser waits for. */
  offerDelay: Promise<void> = Promise.resolve();
  /** What it takes to apply an answer of the gateway. */
  answerDelay: Promise<void> = Promise.resolve();
  isClosed = false;

  async acceptBrowserOffer(offer: string): Promise<string> {
    this.asked.push(`browser offer ${offer}`);
    await this.offerDelay;
    if (this.isClosed) throw new MediaError('closed', 'the session is closed');
    if (this.offerError) throw this.offerError;
    return `answer to ${offer}`;
  }

  async createGatewayOffer(options: GatewayMedia): Promise<string> {
    const how = options.srtp === 'dtls' ? ' as DTLS-SRTP' : '';
    this.asked.push(`gateway offer ${options.codecs.join()} to ${options.toAddress ?? 'a name'}${how}`);
    if (options.codecs.every((codec) => this.strangeCodecs.has(codec))) {
      throw new MediaError('noCommonCodec', 'the browser speaks none of these');
    }
    return 'gateway offer';
  }

  async applyGatewayAnswer(sdp: string): Promise<GatewayAnswer> {
    this.asked.push(`gateway answer ${sdp}`);
    await this.answerDelay;
    if (sdp === 'junk') throw new MediaError('badAnswer', 'unreadable');
    if (sdp === 'strange') throw new MediaError('noCommonCodec', 'none of the offer');
    const [, direction, codec] = /(sendrecv|sendonly)(?: (\S+))? offer$/.exec(sdp) ?? [];
    this.gatewayCodec = (codec as CodecName | undefined) ?? this.gatewayCodec ?? this.answeredCodec;
    return {
      codec: this.gatewayCodec,
      dtmfPayloadType: this.dtmfPayloadType,
      direction: direction === 'sendonly' ? 'recvonly' : this.answeredDirection,
    };
  }

  async acceptGatewayOffer(sdp: string): Promise<{ sdp: string; agreed: GatewayAnswer }> {
    this.asked.push(`gateway's first offer ${sdp}`);
    this.gatewayCodec = this.answeredCodec;
    return {
      sdp: `answer to ${sdp}`,
      agreed: { codec: 'PCMU', dtmfPayloadType: this.dtmfPayloadType, direction: 'sendrecv' },
    };
  }

  async answerGatewayOffer(sdp: string | null): Promise<string> {
    return `answer to ${sdp}`;
  }

  gatewayCodec: CodecName | null = null;
  /** What the gateway's first answer chooses. */
  answeredCodec: CodecName = 'PCMU';
  /** How it answers an offer to talk. */
  answeredDirection: GatewayAnswer['direction'] = 'sendrecv';

  async reofferGateway({ direction, codecs }: Parameters<MediaSession['reofferGateway']>[0]): Promise<string> {
    const offered = [direction, ...(codecs ?? [])].join(' ');
    this.asked.push(`reoffer ${offered}`);
    if (codecs?.every((codec) => this.strangeCodecs.has(codec))) throw new MediaError('noCommonCodec', 'not this one');
    return `${offered} offer`;
  }

  play(sound: HeldSound | null): void {
    this.asked.push(`play ${sound}`);
  }

  setGate(isOpen: boolean): void {
    this.asked.push(isOpen ? 'gate open' : 'gate closed');
  }

  async releaseBrowser(): Promise<void> {
    this.asked.push('release browser');
  }

  async sendDtmf(digits: string): Promise<void> {
    this.asked.push(`dtmf ${digits}`);
  }

  async stats(): Promise<MediaSessionStats> {
    const leg = { packetsIn: 0, packetsOut: 0, packetsLost: 0, jitterMs: 0, roundTripMs: null };
    return { codec: null, browser: leg, gateway: { ...leg, isEncrypted: false, mos: this.isClosed ? null : this.mos } };
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}
