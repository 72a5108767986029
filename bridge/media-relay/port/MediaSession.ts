import type { EventEmitter } from 'node:events';
import type { CodecName } from '../../../shared/domain/index.ts';
import type { GatewayAnswer, GatewayAudio } from './GatewayAudio.ts';
import type { MediaSessionStats } from './mediaStats.ts';

export interface MediaSessionEvents {
  /** ICE and DTLS with the browser are up (again). */
  browserConnected: [];
  /** The browser has a connection other than before, as after a reload or at another device: its counts begin anew. */
  browserReplaced: [];
  /** ICE or DTLS with the browser was lost; an offer of the client can bring it back. */
  browserDisconnected: [];
  /** The codec on the way to the gateway is now another one than the browser's answer put first: the client must send it. */
  codecChosen: [{ codec: CodecName; payloadType: number }];
  /** First RTP packet from the browser was sent on to the gateway. */
  firstAudioToGateway: [];
  /** First RTP packet of the gateway was sent on to the browser's transport. */
  firstAudioFromGateway: [];
  /** DTLS with the gateway is through: from now on each can hear the other. */
  gatewaySecured: [];
  /** The mediasoup worker died: everything on the browser's side is gone; `acceptBrowserOffer` makes it anew. */
  workerLost: [];
  /** An offer of the gateway inside the call has changed which way it wants audio: `sendonly` and `inactive` hold us. */
  gatewayDirectionChanged: [GatewayAnswer['direction']];
  /** Nothing came from there for `silenceAfterMs`, though it should: one-way audio, or a side that is gone. Not while it is held. */
  audioStopped: [{ from: 'browser' | 'gateway' }];
  /** It comes again. */
  audioResumed: [{ from: 'browser' | 'gateway' }];
}

export interface MediaSession extends EventEmitter<MediaSessionEvents>, GatewayAudio {
  /**
   * Answers an offer of the browser: the first one of the call, and later ones (ICE restart, reload, new worker).
   * Resolves with the SDP answer; the gateway's side is untouched.
   * @throws MediaError `badOffer` for an SDP that cannot be used, `noCommonCodec`, `portsExhausted`, `workerUnavailable`
   */
  acceptBrowserOffer(offer: string): Promise<string>;
  /** The codec towards the gateway; null before it has chosen. */
  readonly gatewayCodec: CodecName | null;
  /** Closed: neither side hears the other (the gateway hears what `play` says). The browser's connection stays up. Open at first. Nothing once closed. */
  setGate(isOpen: boolean): void;
  /** Frees the browser's side and keeps the gateway's, which is sent `silence` or what `play` says. A later offer brings it back. */
  releaseBrowser(): Promise<void>;
  stats(): Promise<MediaSessionStats>;
  /** Frees ports, transports, timers. Idempotent. */
  close(): Promise<void>;
}
