import type { Socket } from 'node:dgram';
import { EventEmitter } from 'node:events';
import type { Clock } from '../../observability/index.ts';
import { ulawToAlaw } from '../audio/g711.ts';
import type { AudioAgreement, MediaAddress } from '../sdp/AudioAgreement.ts';
import { ClipPlayer, FRAME_SAMPLES } from './ClipPlayer.ts';
import { EchoStream } from './EchoStream.ts';
import { OutgoingStream, randomStreamStart } from './OutgoingStream.ts';
import { FRAME_MS, type Pacer } from './Pacer.ts';
import { RtcpReporter } from './RtcpReporter.ts';
import { isRtcp, parseRtpPacket, type RtpPacket, serializeRtpPacket } from './RtpPacket.ts';
import type { RtpSockets } from './RtpPorts.ts';
import { SymmetricPeer } from './SymmetricPeer.ts';
import { TelephoneEventReceiver } from './TelephoneEventReceiver.ts';

/** `echo` gives back what comes in; `clips` sends what is given to the player, and silence meanwhile. */
export type MediaMode = 'echo' | 'clips';

export interface MediaSessionEvents {
  /** A key was pressed at the other side (RFC 4733); once per press, at its first packet. */
  digit: [string];
}

export interface MediaSessionDeps {
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly wallClockMs: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
  readonly pacer: Pacer;
  /** Closed with the session. */
  readonly sockets: RtpSockets;
}

/** The audio of one call. */
export class MediaSession extends EventEmitter<MediaSessionEvents> {
  readonly player = new ClipPlayer();
  readonly #deps: MediaSessionDeps;
  readonly #mode: MediaMode;
  readonly #peer = new SymmetricPeer();
  readonly #events = new TelephoneEventReceiver();
  readonly #stream: OutgoingStream;
  readonly #echo: EchoStream;
  readonly #reporter: RtcpReporter;
  #agreement: AudioAgreement | null = null;
  #stopPacing: (() => void) | null = null;
  #isStarted = false;
  #isClosed = false;

  constructor(deps: MediaSessionDeps, options: { mode: MediaMode }) {
    super();
    this.#deps = deps;
    this.#mode = options.mode;
    const start = randomStreamStart(deps.randomBytes);
    this.#stream = new OutgoingStream(start);
    this.#echo = new EchoStream(start);
    this.#reporter = new RtcpReporter({ ...deps, send: (datagram) => this.#sendRtcp(datagram) }, { ssrc: start.ssrc });
    const { rtp, rtcp } = deps.sockets;
    rtp.on('message', (datagram, from) => this.#onRtpPort(datagram, from));
    rtcp.on('message', (datagram, from) => this.#onRtcp(datagram, from));
    // Datagram sockets report what the network did to single packets: nothing to do about it.
    for (const socket of [rtp, rtcp]) socket.on('error', () => undefined);
  }

  /** Of RTP; RTCP is the next. */
  get port(): number {
    return this.#deps.sockets.rtp.address().port;
  }

  /** Takes what SDP settled, at the start and whenever it changes. Incoming packets are heard from now on. */
  agree(agreement: AudioAgreement): void {
    this.#agreement = agreement;
    this.#peer.expect(agreement.remoteRtp);
  }

  /** Begins to send and to echo. */
  start(): void {
    if (this.#isStarted || this.#isClosed || this.#agreement === null) return;
    this.#isStarted = true;
    this.#reporter.start(this.#agreement.codec.clockRateHz);
    if (this.#mode === 'clips') this.#stopPacing = this.#deps.pacer.add((skipped) => this.#sendFrame(skipped));
  }

  /** Idempotent. */
  close(): void {
    if (this.#isClosed) return;
    this.#stopPacing?.();
    this.#reporter.close();
    this.#isClosed = true;
    this.#deps.sockets.rtp.close();
    this.#deps.sockets.rtcp.close();
    this.removeAllListeners();
  }

  get #maySend(): boolean {
    return this.#agreement?.direction === 'sendrecv' || this.#agreement?.direction === 'sendonly';
  }

  #sendFrame(skippedFrames: number): void {
    this.#stream.pause(skippedFrames * FRAME_SAMPLES);
    if (this.#agreement === null || !this.#maySend) {
      this.#stream.pause(FRAME_SAMPLES);
      return;
    }
    const { name, payloadType } = this.#agreement.codec;
    const frame = this.player.nextFrame();
    const payload = /^PCMA$/i.test(name) ? ulawToAlaw(frame) : frame;
    this.#sendRtp(this.#stream.next({ payloadType, payload, samples: FRAME_SAMPLES }));
  }

  #onRtpPort(datagram: Uint8Array, from: MediaAddress): void {
    if (isRtcp(datagram)) {
      if (this.#agreement?.isRtcpMuxed === true) this.#onRtcp(datagram, from);
      return;
    }
    const packet = parseRtpPacket(datagram);
    if (packet !== null && this.#agreement !== null) this.#onRtp(packet, { from, agreement: this.#agreement });
  }

  #onRtp(packet: RtpPacket, { from, agreement }: { from: MediaAddress; agreement: AudioAgreement }): void {
    const { codec, events } = agreement;
    const isEvent = packet.payloadType === events?.payloadType;
    if (!isEvent && packet.payloadType !== codec.payloadType) return;
    if (!this.#peer.accepts(from)) return;
    const nowMs = this.#deps.clock.now();
    this.#reporter.reception.received(packet, { clockRateHz: codec.clockRateHz, nowMs, isTimed: !isEvent });
    if (this.#mode === 'echo') {
      if (this.#isStarted && this.#maySend) {
        this.#sendRtp(this.#echo.echo(packet, (codec.clockRateHz * FRAME_MS) / 1000));
      }
      return;
    }
    const digit = isEvent ? this.#events.receive(packet) : null;
    if (digit !== null) this.emit('digit', digit);
  }

  #onRtcp(datagram: Uint8Array, from: MediaAddress): void {
    if (from.address === this.#peer.target?.address) this.#reporter.received(datagram);
  }

  #sendRtp(packet: RtpPacket): void {
    const { target } = this.#peer;
    if (target === null) return;
    this.#reporter.sent.sent(packet, this.#deps.clock.now());
    send(this.#deps.sockets.rtp, { datagram: serializeRtpPacket(packet), target });
  }

  #sendRtcp(datagram: Uint8Array): void {
    if (this.#agreement === null) return;
    if (this.#agreement.isRtcpMuxed) {
      if (this.#peer.target !== null) send(this.#deps.sockets.rtp, { datagram, target: this.#peer.target });
    } else {
      send(this.#deps.sockets.rtcp, { datagram, target: this.#agreement.remoteRtcp });
    }
  }
}

/** A packet that can't be sent is lost like any other. */
function send(socket: Socket, { datagram, target }: { datagram: Uint8Array; target: MediaAddress }): void {
  socket.send(datagram, target.port, target.address, () => undefined);
}
