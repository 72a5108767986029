import type { CodecName } from '../../../shared/domain/index.ts';
import { Emitter } from '../../state/index.ts';
import { orderCodecs } from './orderCodecs.ts';

export interface PeerMediaEvents {
  /** An ICE candidate of ours, without `a=`, or `a=end-of-candidates` after the last. */
  candidateFound: string;
  /** Audio of the other side can be played. */
  streamArrived: MediaStream;
  /** ICE and DTLS are up (again). */
  connected: undefined;
  /** Nothing comes through at the moment; it may recover by itself. */
  interrupted: undefined;
  /** It won't recover: a new connection is needed. */
  failed: undefined;
}

export interface PeerMediaOptions {
  readonly connection: RTCPeerConnection;
  /** The microphone, or null when it follows by `setTrack`. */
  readonly track: MediaStreamTrack | null;
  /** Put first in the offer, where the browser can't change what it sends afterwards. */
  readonly firstCodec?: CodecName | undefined;
  /** What the browser can send; `RTCRtpSender.getCapabilities('audio')`. */
  readonly capabilities?: readonly RTCRtpCodec[];
}

/** WebRTC extensions, section 5.1: the codec to send; Chromium has it. */
type EncodingWithCodec = RTCRtpEncodingParameters & { codec?: RTCRtpCodec };

/**
 * One `RTCPeerConnection` with one audio line, good for one offer and one answer. Whatever needs another offer
 * (reload, network change, lost worker, codec) makes a new one: then it doesn't matter what the relay still has.
 */
export class PeerMedia {
  readonly events = new Emitter<PeerMediaEvents>();
  readonly #connection: RTCPeerConnection;
  readonly #sender: RTCRtpSender;
  #isClosed = false;

  constructor({ connection, track, firstCodec, capabilities = [] }: PeerMediaOptions) {
    this.#connection = connection;
    const transceiver = connection.addTransceiver(track ?? 'audio', { direction: 'sendrecv' });
    this.#sender = transceiver.sender;
    if (firstCodec !== undefined && capabilities.length > 0) {
      transceiver.setCodecPreferences(orderCodecs(capabilities, firstCodec));
    }
    connection.addEventListener('track', ({ track: remote, streams }) => {
      this.events.emit('streamArrived', streams[0] ?? new MediaStream([remote]));
    });
    connection.addEventListener('icecandidate', ({ candidate }) => {
      // An empty one says that there are no more, as none does (RFC 8838 section 8.2).
      this.events.emit('candidateFound', candidate?.candidate || 'a=end-of-candidates');
    });
    connection.addEventListener('connectionstatechange', () => this.#stateChanged());
  }

  get isConnected(): boolean {
    return this.#connection.connectionState === 'connected';
  }

  /**
   * The complete offer, without waiting for candidates: the bridge is an ICE-lite agent and learns our address
   * from our checks (RFC 8445 section 2.5); a gateway that answers itself is given them by `candidateFound`.
   */
  async createOffer(): Promise<string> {
    await this.#connection.setLocalDescription(await this.#connection.createOffer());
    return this.#connection.localDescription?.sdp ?? '';
  }

  async acceptAnswer(sdp: string): Promise<void> {
    if (this.#isClosed) return;
    await this.#connection.setRemoteDescription({ type: 'answer', sdp });
  }

  async setTrack(track: MediaStreamTrack | null): Promise<void> {
    if (!this.#isClosed) await this.#sender.replaceTrack(track);
  }

  /**
   * Makes the browser send this codec from now on. False where it can't without a new offer (no `codec` in
   * `RTCRtpEncodingParameters`, or the codec was not negotiated).
   */
  async sendCodec(codec: CodecName, payloadType: number): Promise<boolean> {
    const parameters = this.#sender.getParameters();
    const negotiated = parameters.codecs ?? [];
    const wanted = negotiated.find((candidate) => candidate.payloadType === payloadType && isCodec(candidate, codec));
    const chosen = wanted ?? negotiated.find((candidate) => isCodec(candidate, codec));
    const speech = negotiated.filter((candidate) => !/telephone-event|CN$|red$/i.test(candidate.mimeType));
    if (chosen !== undefined && speech.length === 1) return true;
    const encoding: EncodingWithCodec | undefined = parameters.encodings[0];
    if (chosen === undefined || encoding === undefined) return false;
    const { mimeType, clockRate, channels, sdpFmtpLine } = chosen;
    encoding.codec = {
      mimeType,
      clockRate,
      ...(channels !== undefined && { channels }),
      ...(sdpFmtpLine !== undefined && { sdpFmtpLine }),
    };
    try {
      await this.#sender.setParameters(parameters);
      const applied: EncodingWithCodec | undefined = this.#sender.getParameters().encodings[0];
      return applied?.codec !== undefined;
    } catch {
      return false;
    }
  }

  /** What the browser has counted (W3C WebRTC statistics). */
  statistics(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#connection.close();
  }

  #stateChanged(): void {
    if (this.#isClosed) return;
    const { connectionState } = this.#connection;
    if (connectionState === 'connected') this.events.emit('connected', undefined);
    else if (connectionState === 'disconnected') this.events.emit('interrupted', undefined);
    else if (connectionState === 'failed') this.events.emit('failed', undefined);
  }
}

function isCodec(candidate: { mimeType: string }, codec: CodecName): boolean {
  return candidate.mimeType.toLowerCase() === `audio/${codec.toLowerCase()}`;
}
