import { emptyLegConfig, type LegConfig, type LegStatistics, loopbackAddress } from './LegConfig.ts';
import { GatewayEnd, type GatewaySockets } from './ports/GatewayEnd.ts';
import type { LegDirection, RtpLegDeps } from './RtpLegDeps.ts';
import { AudioWatch } from './sending/AudioWatch.ts';
import { DtmfSender, type DtmfTones } from './sending/DtmfSender.ts';
import { SoundPlayer } from './sending/SoundPlayer.ts';
import { type PayloadMap, payloadMap, scaleDuration } from './streams/payloadMap.ts';
import { ReceptionStatistics } from './streams/ReceptionStatistics.ts';
import { RtcpTranslator } from './streams/RtcpTranslator.ts';
import { isRtcp, isRtp, payloadLength, rtpHeaderLength, withoutHeaderExtension } from './streams/rtpPacket.ts';
import { StreamRewriter } from './streams/StreamRewriter.ts';

/** Longer than the longest pause of Opus's discontinuous transmission (400 ms, RFC 6716 section 2.1.9). */
const gapMs = 500;

/**
 * The RTP of one call between mediasoup (loopback) and the gateway: rewrites headers in place, passes packets on at
 * once and holds none back. It may not know of SDP, codecs' names or mediasoup's objects.
 */
export class RtpLeg {
  readonly #deps: RtpLegDeps;
  readonly #gateway: GatewayEnd;
  readonly #toGateway: StreamRewriter;
  readonly #toBrowser: StreamRewriter;
  readonly #reception = new ReceptionStatistics();
  readonly #rtcpTranslator: RtcpTranslator;
  readonly #dtmf: DtmfSender;
  readonly #player: SoundPlayer;
  readonly #watches: { readonly toGateway: AudioWatch; readonly fromGateway: AudioWatch };
  #config: LegConfig = emptyLegConfig;
  #payloads: PayloadMap = payloadMap(emptyLegConfig);
  #isMediasoupConnected = false;
  /** When the other side's audio was last passed on to the gateway; null before. */
  #passedAtMs: number | null = null;
  #packetsOut = 0;
  #octetsOut = 0;
  #packetsIn = 0;
  #hasSentToBrowser = false;
  #isClosed = false;

  constructor(deps: RtpLegDeps) {
    this.#deps = deps;
    const start = () => ({ sequenceNumber: deps.randomInt(0x8000), timestamp: deps.randomInt(0x1_0000_0000) });
    this.#toGateway = new StreamRewriter({ ssrc: deps.randomInt(0xffff_ffff) + 1, ...start() });
    this.#toBrowser = new StreamRewriter({ ssrc: deps.mediasoupSsrc, ...start() });
    this.#gateway = new GatewayEnd({
      sockets: deps.sockets,
      onRtp: (packet) => this.#fromGateway(packet),
      onRtcp: (packet) => this.#rtcpFromGateway(packet),
      onDtls: deps.onDtls,
    });
    this.#rtcpTranslator = new RtcpTranslator({
      toGateway: this.#toGateway,
      toBrowser: this.#toBrowser,
      reception: this.#reception,
      sent: () => ({ packets: this.#packetsOut >>> 0, octets: this.#octetsOut >>> 0 }),
      cname: deps.cname,
    });
    const { nowMs, schedule } = deps;
    const ofOurs = { stream: this.#toGateway, send: (packet: Buffer) => this.#sendToGateway(packet) };
    this.#dtmf = new DtmfSender({ ...ofOurs, nowMs, schedule });
    this.#player = new SoundPlayer({ ...ofOurs, pacer: deps.pacer, isHeldBack: () => this.#dtmf.isSending });
    const watch = (direction: LegDirection): AudioWatch =>
      new AudioWatch({
        nowMs,
        silenceAfterMs: deps.settings.silenceAfterMs,
        onStopped: () => deps.onAudioStopped(direction),
        onResumed: () => deps.onAudioResumed(direction),
      });
    this.#watches = { toGateway: watch('toGateway'), fromGateway: watch('fromGateway') };
    deps.sockets.mediasoup.on('message', (packet) => this.#fromMediasoup(packet));
    // While mediasoup's end is being replaced its port may be closed for a moment.
    deps.sockets.mediasoup.on('error', () => {});
  }

  configure(config: LegConfig): void {
    const before = this.#config;
    this.#config = config;
    this.#payloads = payloadMap(config);
    this.#gateway.configure(config.gateway);
    // Silence goes on until there is something else.
    const isSilent = this.#player.isPlaying && (before.sound ?? before.gapSound) === before.gapSound;
    this.#play(config.sound ?? (isSilent ? config.gapSound : null));
    const { watch } = config;
    this.#watches.toGateway.expect(watch.other ? watch.round : null);
    this.#watches.fromGateway.expect(watch.gateway ? watch.round : null);
    if (config.isGateOpen && !before.isGateOpen) {
      this.#toGateway.interrupt();
      this.#toBrowser.interrupt();
    }
    if (config.mediasoupPort !== before.mediasoupPort) this.#connectMediasoup(config);
  }

  /** Takes other ports towards the gateway, e.g. of another address family. */
  moveTo(sockets: GatewaySockets): void {
    this.#gateway.moveTo(sockets);
  }

  sendDtls(packet: Buffer): void {
    this.#gateway.sendDtls(packet);
  }

  sendDtmf(tones: DtmfTones, done: (isSent: boolean) => void): void {
    const { dtmf, sending } = this.#config;
    if (this.#isClosed || dtmf === null || sending === null) {
      done(false);
      return;
    }
    const format = {
      payloadType: dtmf.payloadType,
      eventClockRate: dtmf.clockRate,
      audioClockRate: sending.clockRate,
    };
    this.#dtmf.enqueue(tones, format, done);
  }

  /** Call it a few times a second. */
  tick(elapsedMs: number): void {
    this.#gateway.tick(elapsedMs);
    this.#fillGap();
    this.#watches.toGateway.tick();
    this.#watches.fromGateway.tick();
    if (this.#packetsIn === 0 && this.#packetsOut === 0) return;
    const report = this.#rtcpTranslator.ownReport(this.#deps.nowMs());
    if (report !== null) this.#gateway.sendRtcp(report);
  }

  statistics(): LegStatistics {
    return {
      packetsIn: this.#packetsIn,
      packetsOut: this.#packetsOut,
      packetsLost: this.#reception.lost,
      jitterMs: this.#reception.jitterMs,
      roundTripMs: this.#rtcpTranslator.roundTripMs,
      isEncrypted: this.#gateway.isEncrypted,
      packetsRejected: this.#gateway.packetsRejected,
      heard: this.#heard(),
    };
  }

  #heard(): LegStatistics['heard'] {
    const { heard } = this.#rtcpTranslator;
    const { sending } = this.#config;
    if (heard === null || sending === null) return null;
    return { packetsLost: heard.packetsLost, jitterMs: (heard.jitterTicks * 1000) / sending.clockRate };
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#dtmf.close();
    this.#player.play(null);
    this.#gateway.close();
    this.#deps.sockets.mediasoup.close();
  }

  #play(key: string | null): void {
    const { sending, gateway } = this.#config;
    const frames = key === null ? undefined : this.#deps.settings.sounds.get(key);
    const isOn = frames !== undefined && sending !== null && gateway?.isSending === true;
    this.#player.play(isOn ? { frames, payloadType: sending.gatewayPayloadType, clockRate: sending.clockRate } : null);
  }

  /** The other side is away for a while: gateways take a call without packets for dead. */
  #fillGap(): void {
    const { sound, gapSound } = this.#config;
    if (sound !== null || gapSound === null || this.#passedAtMs === null || this.#player.isPlaying) return;
    if (this.#deps.nowMs() - this.#passedAtMs >= gapMs) this.#play(gapSound);
  }

  #connectMediasoup(config: LegConfig): void {
    const socket = this.#deps.sockets.mediasoup;
    if (this.#isMediasoupConnected) socket.disconnect();
    this.#isMediasoupConnected = config.mediasoupPort !== null;
    if (config.mediasoupPort === null) return;
    socket.connect(config.mediasoupPort, loopbackAddress);
    if (config.primer === null) return;
    const packet = Buffer.alloc(rtpHeaderLength + config.primer.payload.length);
    packet[0] = 0x80;
    packet[1] = config.primer.payloadType;
    packet.writeUInt16BE(this.#toBrowser.takeSequenceNumber(), 2);
    packet.writeUInt32BE(this.#toBrowser.timestampAt(this.#deps.nowMs(), 8000), 4);
    packet.writeUInt32BE(this.#toBrowser.ssrc, 8);
    packet.set(config.primer.payload, rtpHeaderLength);
    socket.send(packet);
  }

  #fromMediasoup(packet: Buffer): void {
    if (packet.length < 2) return;
    if (isRtcp(packet)) {
      const report = this.#rtcpTranslator.fromBrowser(packet, this.#deps.nowMs());
      if (report !== null) this.#gateway.sendRtcp(report);
      return;
    }
    this.#watches.toGateway.heard();
    const { sending, gateway, isGateOpen, sound } = this.#config;
    if (sending === null || gateway === null || !gateway.isSending || !isGateOpen || sound !== null) return;
    if (this.#dtmf.isSending || !isRtp(packet)) return;
    const second = packet[1] ?? 0;
    const payloadType = this.#payloads.outbound[second & 0x7f];
    if (payloadType === undefined) return;
    const plain = withoutHeaderExtension(packet);
    plain[1] = (second & 0x80) | payloadType;
    const factor = this.#payloads.durationFactors[second & 0x7f];
    if (factor !== undefined) scaleDuration(plain, factor);
    const nowMs = this.#deps.nowMs();
    if (this.#player.isPlaying) this.#player.play(null);
    if (!this.#toGateway.rewrite(plain, nowMs, sending.clockRate)) return;
    this.#sendToGateway(plain);
    if (this.#passedAtMs === null) this.#deps.onFirstAudio('toGateway');
    this.#passedAtMs = nowMs;
  }

  #sendToGateway(packet: Buffer): void {
    if (!this.#gateway.sendRtp(packet)) return;
    this.#octetsOut += payloadLength(packet);
    this.#packetsOut += 1;
  }

  #fromGateway(packet: Buffer): void {
    this.#watches.fromGateway.heard();
    const second = packet[1] ?? 0;
    const format = this.#payloads.inbound[second & 0x7f];
    if (format === undefined) {
      // Events and comfort noise are no audio for the browser: they leave no gap in its stream.
      this.#toBrowser.skip(packet);
      this.#reception.receiveOther(packet);
      return;
    }
    const nowMs = this.#deps.nowMs();
    this.#packetsIn += 1;
    if (format.isAudio) this.#reception.receive(packet, nowMs, format.clockRate);
    else this.#reception.receiveOther(packet);
    if (!this.#isMediasoupConnected || !this.#config.isGateOpen) return;
    const plain = withoutHeaderExtension(packet);
    plain[1] = (second & 0x80) | format.mediasoupPayloadType;
    if (!this.#toBrowser.rewrite(plain, nowMs, format.clockRate)) return;
    this.#deps.sockets.mediasoup.send(plain);
    if (!this.#hasSentToBrowser) {
      this.#hasSentToBrowser = true;
      this.#deps.onFirstAudio('fromGateway');
    }
  }

  #rtcpFromGateway(packet: Buffer): void {
    const report = this.#rtcpTranslator.fromGateway(packet, this.#deps.nowMs());
    if (report !== null && this.#isMediasoupConnected) this.#deps.sockets.mediasoup.send(report);
  }
}
