import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import type { CodecName } from '../../../../shared/domain/index.ts';
import type { BrowserOffer, CodecPayload } from '../../sdp/index.ts';
import { consume, consumeWithRepeats, producerParameters, routerCodecs } from '../routerCodecs.ts';
import { loopbackAddress, type MediaWorker } from '../workers/MediaWorker.ts';
import { connectBrowser, fingerprintOf } from './browserTransport.ts';

export interface BrowserConnectionEvents {
  /** ICE and DTLS are up (again). */
  connected: [];
  disconnected: [];
  /** The worker died. */
  lost: [];
}

export interface BrowserConnectionRequest {
  readonly offer: BrowserOffer;
  /** The codecs of the call with the browser's payload types, first the one to begin with. */
  readonly codecs: readonly CodecPayload[];
  readonly leg: { readonly loopbackPort: number; readonly mediasoupSsrc: number; readonly cname: string };
}

interface Parts {
  readonly router: types.Router;
  readonly webRtc: types.WebRtcTransport;
  readonly plain: types.PlainTransport;
  readonly toBrowser: types.Consumer;
  readonly fromBrowser: types.Producer;
}

export interface BrowserConnectionStats {
  readonly packetsIn: number;
  readonly packetsOut: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | null;
}

/** mediasoup's objects of one call: browser <-> router <-> plain transport on loopback, where the RTP leg is. */
export class BrowserConnection extends EventEmitter<BrowserConnectionEvents> {
  /** The latest one. */
  offer: BrowserOffer;
  readonly #worker: MediaWorker;
  readonly #codecs: readonly CodecPayload[];
  readonly #parts: Parts;
  readonly #onLost: () => void;
  #fromBrowser: types.Producer;
  #codec: CodecName;
  #isConnected = false;
  #isClosed = false;

  private constructor(worker: MediaWorker, request: BrowserConnectionRequest, parts: Parts, codec: CodecName) {
    super();
    this.offer = request.offer;
    this.#worker = worker;
    this.#codecs = request.codecs;
    this.#parts = parts;
    this.#fromBrowser = parts.fromBrowser;
    this.#codec = codec;
    this.#onLost = () => {
      this.close();
      this.emit('lost');
    };
    worker.once('lost', this.#onLost);
    parts.webRtc.on('icestatechange', () => this.#checkConnection());
    parts.webRtc.on('dtlsstatechange', () => this.#checkConnection());
  }

  /** Opens everything, or nothing when it throws. */
  static async open(worker: MediaWorker, request: BrowserConnectionRequest): Promise<BrowserConnection> {
    const [first] = request.codecs;
    if (first === undefined) throw new Error('a call needs a codec');
    worker.load += 1;
    let router: types.Router | null = null;
    try {
      router = await worker.createRouter(routerCodecs(request.codecs));
      const parts = await openParts({ worker, router, request, first: first.codec });
      return new BrowserConnection(worker, request, parts, first.codec);
    } catch (error) {
      if (router !== null) worker.closeRouter(router);
      worker.load -= 1;
      throw error;
    }
  }

  /** The codec that is taken from the browser. */
  get codec(): CodecName {
    return this.#codec;
  }

  get plainPort(): number {
    return this.#parts.plain.tuple.localPort;
  }

  get ssrcToBrowser(): number {
    return this.#parts.toBrowser.rtpParameters.encodings?.[0]?.ssrc ?? 0;
  }

  get candidates(): readonly types.IceCandidate[] {
    return this.#parts.webRtc.iceCandidates;
  }

  get iceParameters(): types.IceParameters {
    return this.#parts.webRtc.iceParameters;
  }

  get fingerprint(): { algorithm: string; value: string } {
    return fingerprintOf(this.#parts.webRtc);
  }

  get isUsable(): boolean {
    return !this.#isClosed && this.#parts.webRtc.dtlsState !== 'failed' && this.#parts.webRtc.dtlsState !== 'closed';
  }

  /** New ICE credentials on the same DTLS association. */
  async restartIce(): Promise<void> {
    await this.#parts.webRtc.restartIce();
  }

  /** Takes another codec from the browser, on the same SSRC. */
  async switchCodec(codec: CodecName): Promise<void> {
    this.#fromBrowser.close();
    this.#codec = codec;
    const { offer } = this;
    const rtpParameters = producerParameters({
      codecs: this.#codecs,
      first: codec,
      ssrc: offer.ssrc,
      cname: offer.cname,
      hasRepeats: true,
    });
    this.#fromBrowser = await this.#parts.webRtc.produce({ kind: 'audio', rtpParameters });
    await consume(this.#parts.plain, this.#parts.router, this.#fromBrowser);
  }

  async stats(): Promise<BrowserConnectionStats> {
    const [received, sent] = await Promise.all([this.#fromBrowser.getStats(), this.#parts.toBrowser.getStats()]);
    const inbound = received.find(({ type }) => type === 'inbound-rtp');
    const outbound = sent.find(({ type }) => type === 'outbound-rtp');
    const clockRate = this.#codec === 'opus' ? 48_000 : 8000;
    return {
      packetsIn: inbound?.packetCount ?? 0,
      // With those that were sent once more.
      packetsOut: (outbound?.packetCount ?? 0) + (outbound?.packetsRetransmitted ?? 0),
      packetsLost: inbound?.packetsLost ?? 0,
      jitterMs: ((inbound?.jitter ?? 0) * 1000) / clockRate,
      // mediasoup says 0 before the browser's first report.
      roundTripMs: outbound?.roundTripTime || null,
    };
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#worker.off('lost', this.#onLost);
    this.#worker.load -= 1;
    this.#worker.closeRouter(this.#parts.router);
  }

  #checkConnection(): void {
    if (this.#isClosed) return;
    const { iceState, dtlsState } = this.#parts.webRtc;
    const isConnected = dtlsState === 'connected' && (iceState === 'connected' || iceState === 'completed');
    if (isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    this.emit(isConnected ? 'connected' : 'disconnected');
  }
}

async function openParts(options: {
  readonly worker: MediaWorker;
  readonly router: types.Router;
  readonly request: BrowserConnectionRequest;
  readonly first: CodecName;
}): Promise<Parts> {
  const { worker, router, request, first } = options;
  const { offer, codecs, leg } = request;
  const [webRtc, plain] = await Promise.all([
    worker.openBrowserTransport(router),
    router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: loopbackAddress, portRange: worker.loopbackPorts },
      rtcpMux: true,
      comedia: false,
    }),
  ]);
  const browserStream = producerParameters({
    ...{ codecs, first, ssrc: offer.ssrc, cname: offer.cname },
    hasRepeats: true,
  });
  const gatewayStream = producerParameters({ codecs, first, ssrc: leg.mediasoupSsrc, cname: leg.cname });
  const [fromBrowser, fromGateway] = await Promise.all([
    webRtc.produce({ kind: 'audio', rtpParameters: browserStream }),
    plain.produce({ kind: 'audio', rtpParameters: gatewayStream }),
    plain.connect({ ip: loopbackAddress, port: leg.loopbackPort }),
    connectBrowser(webRtc, offer),
  ]);
  const [toBrowser] = await Promise.all([
    consumeWithRepeats(webRtc, router, fromGateway),
    consume(plain, router, fromBrowser),
  ]);
  return { router, webRtc, plain, toBrowser, fromBrowser };
}
