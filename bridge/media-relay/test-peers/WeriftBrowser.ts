import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift';
import { Ticker } from './Ticker.ts';

export interface HeardPacket {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly payload: Buffer;
}

const codecs = {
  opus: new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType: 111 }),
  PCMU: new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1, payloadType: 0 }),
};
const clockRates = { opus: 48_000, PCMU: 8000 };

/** A browser's stand-in that isn't ours: ICE, DTLS and SRTP by werift. */
export class WeriftBrowser {
  readonly heard: HeardPacket[] = [];
  readonly #connection: RTCPeerConnection;
  readonly #track = new MediaStreamTrack({ kind: 'audio' });
  readonly #ticker = new Ticker();
  readonly #transceiver: ReturnType<RTCPeerConnection['addTransceiver']>;

  constructor(address = '127.0.0.1') {
    this.#connection = new RTCPeerConnection({
      codecs: { audio: [codecs.opus, codecs.PCMU] },
      iceUseIpv4: true,
      iceUseIpv6: address.includes(':'),
      iceAdditionalHostAddresses: [address],
    });
    this.#transceiver = this.#connection.addTransceiver(this.#track, { direction: 'sendrecv' });
    this.#connection.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe(({ header, payload }) => {
        const { ssrc, payloadType, sequenceNumber, timestamp } = header;
        this.heard.push({ ssrc, payloadType, sequence: sequenceNumber, timestamp, payload });
      });
    });
  }

  async offer(): Promise<string> {
    await this.#connection.setLocalDescription(await this.#connection.createOffer());
    return this.#connection.localDescription?.sdp ?? '';
  }

  async accept(answer: string): Promise<void> {
    await this.#connection.setRemoteDescription({ type: 'answer', sdp: answer });
  }

  get isConnected(): boolean {
    return this.#connection.connectionState === 'connected';
  }

  /** Sends packets whose payload begins with `mark`; before the connection is up they go nowhere. */
  speak(codec: 'opus' | 'PCMU', mark: number): void {
    this.#transceiver.sender.codec = codecs[codec];
    this.#ticker.start((index) => {
      const header = new RtpHeader({
        payloadType: codecs[codec].payloadType ?? 0,
        sequenceNumber: index,
        timestamp: (index * clockRates[codec]) / 50,
      });
      this.#track.writeRtp(new RtpPacket(header, Buffer.alloc(codec === 'opus' ? 60 : 160, mark)));
    });
  }

  fallSilent(): void {
    this.#ticker.stop();
  }

  async close(): Promise<void> {
    this.#ticker.stop();
    await this.#connection.close();
  }
}
