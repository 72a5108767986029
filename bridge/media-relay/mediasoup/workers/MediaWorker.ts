import { EventEmitter } from 'node:events';
import { createWorker, type types } from 'mediasoup';
import type { MediaLogger } from '../MediaLogger.ts';
import { keepSrtpReady } from './keepSrtpReady.ts';

export interface ListenAddress {
  readonly listenAddress: string;
  readonly announcedAddress: string | null;
}

export interface MediaWorkerOptions {
  readonly workerBin: string | null;
  readonly addresses: readonly ListenAddress[];
  /** UDP and TCP port for the browsers of this worker; 0 lets mediasoup choose. */
  readonly browserPort: number;
  /** Ports on loopback between mediasoup and the RTP legs. */
  readonly loopbackPorts: { readonly min: number; readonly max: number };
}

/** Between mediasoup and the RTP legs. */
export const loopbackAddress = '127.0.0.1';

/** The worker's own router, which belongs to no call. */
const ownRouters = 1;

/** A browser that gives no sign of life this long is taken for disconnected (RFC 7675). */
const iceConsentTimeoutSeconds = 15;

export interface MediaWorkerEvents {
  /** The process ended without having been asked to; everything in it is gone. */
  lost: [];
}

/** One mediasoup process and its one port for all browsers. */
export class MediaWorker extends EventEmitter<MediaWorkerEvents> {
  /** Calls whose browser's side is (being made) here. */
  load = 0;
  readonly loopbackPorts: { readonly min: number; readonly max: number };
  readonly #worker: types.Worker;
  readonly #server: types.WebRtcServer;
  readonly #browserTransports = new Map<types.Router, types.WebRtcTransport>();
  /** Transports that this process keeps for the server, which is another count than the worker's own. */
  #keptForServer = 0;
  #isLost = false;

  private constructor(worker: types.Worker, server: types.WebRtcServer, options: MediaWorkerOptions) {
    super();
    // One listener per call.
    this.setMaxListeners(0);
    this.#worker = worker;
    this.#server = server;
    this.loopbackPorts = options.loopbackPorts;
    server.observer.on('webrtctransporthandled', () => {
      this.#keptForServer += 1;
    });
    server.observer.on('webrtctransportunhandled', () => {
      this.#keptForServer -= 1;
    });
    worker.on('died', () => {
      this.#isLost = true;
      this.emit('lost');
    });
  }

  /** @throws Error when the process can't be started or the port is taken */
  static async start(deps: { logger: MediaLogger }, options: MediaWorkerOptions): Promise<MediaWorker> {
    const worker = await createWorker({
      logLevel: 'error',
      ...(options.workerBin === null ? {} : { workerBin: options.workerBin }),
    });
    try {
      const listenInfos = options.addresses.flatMap(({ listenAddress, announcedAddress }) =>
        (['udp', 'tcp'] as const).map((protocol) => ({
          protocol,
          ip: listenAddress,
          ...(announcedAddress === null ? {} : { announcedAddress }),
          ...(options.browserPort === 0 ? { portRange: options.loopbackPorts } : { port: options.browserPort }),
        })),
      );
      const server = await worker.createWebRtcServer({ listenInfos });
      await keepSrtpReady(worker, { protocol: 'udp', ip: loopbackAddress, portRange: options.loopbackPorts });
      deps.logger.debug({ workerPid: worker.pid }, 'A media worker is ready');
      return new MediaWorker(worker, server, options);
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  get pid(): number {
    return this.#worker.pid;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  createRouter(mediaCodecs: types.RouterRtpCodecCapability[]): Promise<types.Router> {
    return this.#worker.createRouter({ mediaCodecs });
  }

  /** One way for a browser's audio, both directions; one per router. */
  async openBrowserTransport(router: types.Router): Promise<types.WebRtcTransport> {
    const transport = await router.createWebRtcTransport({
      webRtcServer: this.#server,
      preferUdp: true,
      iceConsentTimeout: iceConsentTimeoutSeconds,
    });
    if (router.closed) transport.close();
    else this.#browserTransports.set(router, transport);
    return transport;
  }

  /**
   * Closes it with everything on it. The browser's transport goes first: of one that is closed by its router mediasoup's
   * WebRtcServer is not told, and keeps it and all that hangs on it, some 24 KB, until the worker ends.
   */
  closeRouter(router: types.Router): void {
    this.#browserTransports.get(router)?.close();
    this.#browserTransports.delete(router);
    router.close();
  }

  /** What is held for calls by the worker's process itself, or by ours for it. */
  async count(): Promise<{ routers: number; browserTransports: number }> {
    if (this.#isLost) return { routers: 0, browserTransports: 0 };
    try {
      const [worker, server] = await Promise.all([this.#worker.dump(), this.#server.dump()]);
      return {
        routers: worker.routerIds.length - ownRouters,
        browserTransports: Math.max(server.webRtcTransportIds.length, this.#keptForServer),
      };
    } catch {
      // It died meanwhile.
      return { routers: 0, browserTransports: 0 };
    }
  }

  close(): void {
    this.#worker.close();
  }
}
