import type { Socket } from 'node:dgram';
import { DtmfSender, type DtmfTones } from './DtmfSender.ts';
import { GatewaySocket } from './GatewaySocket.ts';
import { emptyLegConfig, type LegConfig, type LegStatistics, loopbackAddress } from './LegConfig.ts';
import { ReceptionStatistics } from './ReceptionStatistics.ts';
import { RtcpTranslator } from './RtcpTranslator.ts';
import { isRtcp, isRtp, payloadLength, rtpHeaderLength, withoutHeaderExtension } from './rtpPacket.ts';
import { StreamRewriter } from './StreamRewriter.ts';

/** Bound, towards the gateway. */
export interface GatewaySockets {
  readonly rtp: Socket;
  readonly rtcp: Socket;
}

export interface RtpLegSockets extends GatewaySockets {
  /** Bound on loopback, towards mediasoup; RTP and RTCP in one (RFC 5761). */
  readonly mediasoup: Socket;
}

export type LegDirection = 'toGateway' | 'fromGateway';

export interface RtpLegDeps {
  readonly sockets: RtpLegSockets;
  /** Monotonic time in milliseconds with fractions. */
  readonly nowMs: () => number;
  readonly schedule: (task: () => void, delayMs: number) => () => void;
  /** A random integer below `limit`. */
  readonly randomInt: (limit: number) => number;
  /** The first packet of a direction was sent on. */
  readonly onFirstAudio: (direction: LegDirection) => void;
  /** SSRC of the stream towards mediasoup, for which a producer is made. */
  readonly mediasoupSsrc: number;
  readonly cname: string;
}

interface InboundCodec {
  readonly mediasoupPayloadType: number;
  readonly clockRate: number;
}

/**
 * The RTP of one call between mediasoup (loopback) and the gateway: rewrites headers in place, passes packets on at
 * once and holds none back. It may not know of SDP, codecs' names or mediasoup's objects.
 */
export class RtpLeg {
  readonly #deps: RtpLegDeps;
  #rtp: GatewaySocket;
  #rtcp: GatewaySocket;
  readonly #toGateway: StreamRewriter;
  readonly #toBrowser: StreamRewriter;
  readonly #reception = new ReceptionStatistics();
  readonly #rtcpTranslator: RtcpTranslator;
  readonly #dtmf: DtmfSender;
  #config: LegConfig = emptyLegConfig;
  /** By the gateway's payload type. */
  #inbound: (InboundCodec | undefined)[] = [];
  #isMediasoupConnected = false;
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
    this.#rtp = new GatewaySocket(deps.sockets.rtp, (packet) => this.#fromGateway(packet));
    this.#rtcp = new GatewaySocket(deps.sockets.rtcp, (packet) => this.#rtcpFromGateway(packet));
    this.#rtcpTranslator = new RtcpTranslator({
      toGateway: this.#toGateway,
      toBrowser: this.#toBrowser,
      reception: this.#reception,
      sent: () => ({ packets: this.#packetsOut >>> 0, octets: this.#octetsOut >>> 0 }),
      cname: deps.cname,
    });
    this.#dtmf = new DtmfSender({
      stream: this.#toGateway,
      send: (packet) => this.#sendToGateway(packet),
      nowMs: deps.nowMs,
      schedule: deps.schedule,
    });
    deps.sockets.mediasoup.on('message', (packet) => this.#fromMediasoup(packet));
    // While mediasoup's end is being replaced its port may be closed for a moment.
    deps.sockets.mediasoup.on('error', () => {});
  }

  configure(config: LegConfig): void {
    const before = this.#config;
    this.#config = config;
    this.#inbound = [];
    for (const { gatewayPayloadTypes, mediasoupPayloadType, clockRate } of config.codecs) {
      for (const payloadType of gatewayPayloadTypes) this.#inbound[payloadType] = { mediasoupPayloadType, clockRate };
    }
    this.#setDestination(config);
    if (config.mediasoupPort !== before.mediasoupPort) this.#connectMediasoup(config);
  }

  /** Takes other ports towards the gateway, e.g. of another address family. */
  moveTo(sockets: GatewaySockets): void {
    this.#rtp.close();
    this.#rtcp.close();
    this.#rtp = new GatewaySocket(sockets.rtp, (packet) => this.#fromGateway(packet));
    this.#rtcp = new GatewaySocket(sockets.rtcp, (packet) => this.#rtcpFromGateway(packet));
    this.#setDestination(this.#config);
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

  /** Call it about once a second. */
  tick(elapsedMs: number): void {
    this.#rtp.tick(elapsedMs);
    // Reports come about every five seconds: their silence is measured in fifths.
    this.#rtcp.tick(elapsedMs / 5);
    if (this.#packetsIn === 0 && this.#packetsOut === 0) return;
    const report = this.#rtcpTranslator.ownReport(this.#deps.nowMs());
    if (report !== null) this.#rtcp.send(report);
  }

  statistics(): LegStatistics {
    return {
      packetsIn: this.#packetsIn,
      packetsOut: this.#packetsOut,
      packetsLost: this.#reception.lost,
      jitterMs: this.#reception.jitterMs,
      roundTripMs: this.#rtcpTranslator.roundTripMs,
    };
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#dtmf.close();
    this.#rtp.close();
    this.#rtcp.close();
    this.#deps.sockets.mediasoup.close();
  }

  #setDestination({ gateway }: LegConfig): void {
    const common = gateway === null ? null : { address: gateway.address, sourcePolicy: gateway.sourcePolicy };
    this.#rtp.setDestination(common && { ...common, port: gateway?.rtpPort ?? 0 });
    this.#rtcp.setDestination(common && { ...common, port: gateway?.rtcpPort ?? 0 });
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
      if (report !== null) this.#rtcp.send(report);
      return;
    }
    const { sending, gateway } = this.#config;
    if (sending === null || gateway === null || !gateway.isSending || this.#dtmf.isSending || !isRtp(packet)) return;
    const second = packet[1] ?? 0;
    if ((second & 0x7f) !== sending.mediasoupPayloadType) return;
    const plain = withoutHeaderExtension(packet);
    plain[1] = (second & 0x80) | sending.gatewayPayloadType;
    if (!this.#toGateway.rewrite(plain, this.#deps.nowMs(), sending.clockRate)) return;
    this.#sendToGateway(plain);
  }

  #sendToGateway(packet: Buffer): void {
    if (!this.#rtp.send(packet)) return;
    this.#octetsOut += payloadLength(packet);
    this.#packetsOut += 1;
    if (this.#packetsOut === 1) this.#deps.onFirstAudio('toGateway');
  }

  #fromGateway(packet: Buffer): void {
    if (packet.length < 2) return;
    if (isRtcp(packet)) {
      this.#rtcpFromGateway(packet);
      return;
    }
    if (!isRtp(packet)) return;
    const second = packet[1] ?? 0;
    const codec = this.#inbound[second & 0x7f];
    if (codec === undefined) {
      // Events and comfort noise are no audio for the browser: they leave no gap in its stream.
      this.#toBrowser.skip(packet);
      this.#reception.receiveOther(packet);
      return;
    }
    const nowMs = this.#deps.nowMs();
    this.#packetsIn += 1;
    this.#reception.receive(packet, nowMs, codec.clockRate);
    if (!this.#isMediasoupConnected) return;
    const plain = withoutHeaderExtension(packet);
    plain[1] = (second & 0x80) | codec.mediasoupPayloadType;
    if (!this.#toBrowser.rewrite(plain, nowMs, codec.clockRate)) return;
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
