import { EventEmitter } from 'node:events';
import type { CodecName } from '../../../../shared/domain/index.ts';
import type { GatewaySide } from '../../gateway-side/index.ts';
import { MediaError } from '../../port/index.ts';
import type { RtpLegHandle } from '../../rtp-leg/index.ts';
import {
  type BrowserOffer,
  type CodecPayload,
  reverseDirection,
  SdpOrigin,
  writeBrowserAnswer,
} from '../../sdp/index.ts';
import { silentFrame } from '../../sounds/index.ts';
import type { MediaLogger } from '../MediaLogger.ts';
import type { MediaWorkers } from '../workers/MediaWorkers.ts';
import { BrowserConnection, type BrowserConnectionRequest, type BrowserConnectionStats } from './BrowserConnection.ts';
import { codecsWithBrowser } from './codecsWithBrowser.ts';

export interface BrowserSideDeps {
  readonly logger: MediaLogger;
  readonly workers: MediaWorkers;
  readonly randomInt: (limit: number) => number;
}

/** What a browser's side must know of the call. */
export interface BrowserSideCall {
  readonly callId: string;
  /** Codecs that the call may use, best first. */
  readonly codecs: readonly CodecName[];
  readonly gateway: Pick<GatewaySide, 'codec' | 'existingLeg'>;
  /** The leg towards the gateway; its ports are taken at the first use. */
  readonly leg: () => Promise<RtpLegHandle>;
}

export interface BrowserSideEvents {
  /** ICE and DTLS are up (again). */
  connected: [];
  disconnected: [];
  /** There is a connection, in place of the one before where there was one. */
  replaced: [];
  /** The worker died, and the connection with it; another offer makes a new one. */
  lost: [];
  /** The gateway chose it: from now on it is taken from the browser. */
  codecSwitched: [CodecPayload];
}

/**
 * The browser's half of a call: the connection of now, which the next offer refreshes or replaces. What concerns it is done one
 * thing after the other.
 */
export class BrowserSide extends EventEmitter<BrowserSideEvents> {
  readonly #deps: BrowserSideDeps;
  readonly #call: BrowserSideCall;
  readonly #origin: SdpOrigin;
  #connection: BrowserConnection | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(deps: BrowserSideDeps, call: BrowserSideCall) {
    super();
    this.#deps = deps;
    this.#call = call;
    this.#origin = new SdpOrigin(deps);
  }

  get isOpen(): boolean {
    return this.#connection !== null;
  }

  /** The codecs of the call that such a browser speaks. @throws MediaError `noCommonCodec` */
  commonCodecs(offer: BrowserOffer): CodecPayload[] {
    const { codecs, gateway } = this.#call;
    return codecsWithBrowser(offer, { ofCall: codecs, chosen: gateway.codec });
  }

  /** The answer to an offer. @throws MediaError `noCommonCodec`, `workerUnavailable`, `portsExhausted`, `closed` */
  accept(offer: BrowserOffer): Promise<string> {
    return this.#enqueue(() => this.#answer(offer)).catch((error: unknown) => {
      throw toWorkerFault(error);
    });
  }

  /** Frees the connection; another offer makes a new one. */
  release(): Promise<void> {
    return this.#enqueue(async () => this.#disconnect());
  }

  /** Has the browser send what the gateway chose. */
  followGateway(): void {
    this.#enqueue(() => this.#switchCodec()).catch((error: unknown) => {
      if (this.#isClosed) return;
      const { callId } = this.#call;
      this.#deps.logger.error({ callId, error: String(error) }, 'The codec from the browser could not be switched');
    });
  }

  /** Null where there is no connection. */
  async stats(): Promise<BrowserConnectionStats | null> {
    // A worker that dies meanwhile has no figures any more.
    return (await this.#connection?.stats().catch(() => null)) ?? null;
  }

  /** Resolves when what was being opened has been taken back by whoever opened it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    // The leg needn't hear of it: it is closed, too.
    this.#drop();
    await this.#queue;
  }

  /** Runs after what was asked before, whether that worked or not. */
  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => {});
    return result;
  }

  async #answer(offer: BrowserOffer): Promise<string> {
    this.#checkOpen();
    const codecs = this.commonCodecs(offer);
    const present = this.#connection;
    let connection: BrowserConnection;
    if (present?.isUsable === true && isSameConnection(present.offer, offer)) {
      connection = present;
      await refresh(connection, offer);
    } else {
      connection = await this.#replace(offer, codecs);
    }
    this.#checkOpen();
    const first = codecs.filter(({ codec }) => codec === connection.codec);
    return writeBrowserAnswer({
      offer,
      ...this.#origin.next(),
      codecs: [...first, ...codecs.filter(({ codec }) => codec !== connection.codec)],
      ice: connection.iceParameters,
      candidates: connection.candidates,
      fingerprint: connection.fingerprint,
      ssrc: connection.ssrcToBrowser,
      cname: (await this.#call.leg()).binding.cname,
      direction: reverseDirection(offer.direction),
    });
  }

  async #replace(offer: BrowserOffer, codecs: readonly CodecPayload[]): Promise<BrowserConnection> {
    const leg = await this.#call.leg();
    const connection = await this.#open({ offer, codecs, leg: leg.binding });
    if (this.#isClosed) {
      connection.close();
      throw new MediaError('closed', 'the session is closed');
    }
    const previous = this.#connection;
    this.#connection = connection;
    connection.on('connected', () => this.emit('connected'));
    connection.on('disconnected', () => this.emit('disconnected'));
    connection.on('lost', () => this.#lose(connection));
    const payload = codecs.find(({ codec }) => codec === connection.codec);
    leg.configure({
      mediasoupPort: connection.plainPort,
      primer: payload === undefined ? null : { payloadType: payload.payloadType, payload: silentFrame(payload.codec) },
    });
    previous?.removeAllListeners();
    previous?.close();
    this.emit('replaced');
    return connection;
  }

  /** When the worker dies while everything is being opened, another one is tried once. */
  async #open(request: BrowserConnectionRequest): Promise<BrowserConnection> {
    const { workers, logger } = this.#deps;
    const worker = workers.forNextCall();
    try {
      return await BrowserConnection.open(worker, request);
    } catch (error) {
      const { callId } = this.#call;
      logger.warn({ callId, error: String(error) }, 'A media worker could not take the call');
      if (!worker.isLost) throw toWorkerFault(error);
    }
    return BrowserConnection.open(workers.forNextCall(), request);
  }

  async #switchCodec(): Promise<void> {
    const { codec } = this.#call.gateway;
    const connection = this.#connection;
    if (connection?.isUsable !== true || codec === null || connection.codec === codec) return;
    await connection.switchCodec(codec);
    const payload = this.commonCodecs(connection.offer).find((candidate) => candidate.codec === codec);
    if (payload !== undefined && !this.#isClosed) this.emit('codecSwitched', payload);
  }

  #lose(connection: BrowserConnection): void {
    if (this.#connection !== connection) return;
    this.#disconnect();
    this.emit('lost');
  }

  #disconnect(): void {
    this.#drop();
    // A leg that can't be had is reported to whoever asked for it.
    this.#call.gateway
      .existingLeg()
      ?.then((leg) => leg.configure({ mediasoupPort: null, primer: null }))
      .catch(() => {});
  }

  #drop(): void {
    this.#connection?.removeAllListeners();
    this.#connection?.close();
    this.#connection = null;
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new MediaError('closed', 'the session is closed');
  }
}

/** One peer connection keeps its certificate and the SSRC of its sender. */
function isSameConnection(before: BrowserOffer, now: BrowserOffer): boolean {
  return before.fingerprint.value === now.fingerprint.value && before.ssrc === now.ssrc;
}

/** Another offer of the same peer connection: ICE may start anew, DTLS goes on (RFC 8842 section 5.1). */
async function refresh(connection: BrowserConnection, offer: BrowserOffer): Promise<void> {
  if (offer.iceUfrag !== connection.offer.iceUfrag) await connection.restartIce();
  connection.offer = offer;
}

function toWorkerFault(error: unknown): MediaError {
  if (error instanceof MediaError) return error;
  return new MediaError('workerUnavailable', `the media worker failed: ${String(error)}`);
}
