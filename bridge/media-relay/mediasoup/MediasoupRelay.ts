import { randomBytes, randomInt } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { availableParallelism } from 'node:os';
import type { CodecName } from '../../../shared/domain/index.ts';
import { DtlsHandshakes } from '../dtls/index.ts';
import type { GatewaySideDeps } from '../gateway-side/index.ts';
import {
  type EchoSession,
  type GatewayMedia,
  MediaError,
  type MediaRelay,
  type MediaRelayHoldings,
  type MediaRelayOptions,
  type MediaSession,
  type MediaSessionRequest,
  type TrunkSession,
  type TrunkSessionRequest,
} from '../port/index.ts';
import { RtpLegPool } from '../rtp-leg/index.ts';
import { codecsIn } from '../sdp/index.ts';
import { loadSounds } from '../sounds/index.ts';
import { LegToLegSession } from '../trunk/index.ts';
import { joinSessions } from './joinSessions.ts';
import type { MediaLogger } from './MediaLogger.ts';
import { MediasoupEcho } from './MediasoupEcho.ts';
import { MediasoupSession } from './MediasoupSession.ts';
import { loopbackPortRange } from './workers/loopbackPortRange.ts';
import type { ListenAddress } from './workers/MediaWorker.ts';
import { MediaWorkers } from './workers/MediaWorkers.ts';
import { warmUp } from './workers/warmUp.ts';

/** One thread of RTP legs carries several hundred calls; more workers than this get a second one, and so on. */
const workersPerLegThread = 4;
const spareLegs = 4;

export interface MediasoupRelayDeps {
  readonly logger: MediaLogger;
  /** Runs `task` after so many milliseconds; returns a function that calls it off. The process's timers by default. */
  readonly schedule?: (task: () => void, delayMs: number) => () => void;
  /** A random integer below `limit`; the system's by default. */
  readonly randomInt?: (limit: number) => number;
  /** Bytes that nobody can guess, for keys; the system's by default. */
  readonly randomBytes?: (length: number) => Uint8Array;
}

/** The media relay on mediasoup: one process per worker, threads for the RTP legs, a session per call. */
export class MediasoupRelay implements MediaRelay {
  readonly #deps: Required<MediasoupRelayDeps>;
  readonly #addresses: readonly ListenAddress[];
  readonly #workers: MediaWorkers;
  readonly #legs: RtpLegPool;
  readonly #dtls: DtlsHandshakes;
  readonly #sessions = new Set<MediasoupSession>();
  readonly #trunks = new Set<LegToLegSession>();
  readonly #echoes = new Set<MediasoupEcho>();

  private constructor(
    deps: Required<MediasoupRelayDeps>,
    parts: { addresses: readonly ListenAddress[]; workers: MediaWorkers; legs: RtpLegPool },
  ) {
    this.#deps = deps;
    this.#addresses = parts.addresses;
    this.#workers = parts.workers;
    this.#dtls = new DtlsHandshakes(deps);
    this.#legs = parts.legs;
  }

  /** @throws Error when a worker can't be started, a port is taken, or an address isn't this machine's */
  static async create(given: MediasoupRelayDeps, options: MediaRelayOptions): Promise<MediasoupRelay> {
    const deps = { schedule: scheduleTimer, randomInt: (limit: number) => randomInt(limit), randomBytes, ...given };
    const addresses = [options, ...(options.extraListenAddresses ?? [])].map(({ listenAddress, announcedAddress }) => ({
      listenAddress,
      announcedAddress,
    }));
    for (const { listenAddress, announcedAddress } of addresses) {
      if ((listenAddress === '0.0.0.0' || listenAddress === '::') && announcedAddress === null) {
        throw new Error(`the media listen address ${listenAddress} means every address: say which one to announce`);
      }
    }
    const workers = Math.max(1, options.workers ?? availableParallelism());
    const { silenceAfterMs } = options;
    const sounds = await loadSounds(options.holdMusic ?? null);
    const legs = await RtpLegPool.create(deps, {
      settings: { sounds, ...(silenceAfterMs === undefined ? {} : { silenceAfterMs }) },
      addresses: addresses.map(({ listenAddress }) => listenAddress),
      portRange: options.portRange,
      threads: Math.ceil(workers / workersPerLegThread),
      spares: spareLegs,
    });
    const loopbackPorts = loopbackPortRange({ ...options, workers });
    let mediaWorkers: MediaWorkers | null = null;
    try {
      mediaWorkers = await MediaWorkers.create(
        deps,
        Array.from({ length: workers }, (_, index) => ({
          workerBin: options.workerBin ?? null,
          addresses,
          browserPort: options.browserPort === 0 ? 0 : options.browserPort + index,
          loopbackPorts,
        })),
      );
      await warmUp(mediaWorkers);
      return new MediasoupRelay(deps, { addresses, workers: mediaWorkers, legs });
    } catch (error) {
      mediaWorkers?.close();
      await legs.close();
      throw error;
    }
  }

  createTrunkSession(request: TrunkSessionRequest): TrunkSession {
    const onClosed = () => this.#trunks.delete(session);
    const session = new LegToLegSession({ ...this.#gatewaySideDeps(), onClosed }, request);
    this.#trunks.add(session);
    return session;
  }

  async join(one: MediaSession, other: MediaSession): Promise<void> {
    await joinSessions(this.#own(one), this.#own(other));
  }

  createEchoSession(): EchoSession {
    const echo = new MediasoupEcho({
      workers: this.#workers,
      randomInt: this.#deps.randomInt,
      onClosed: () => this.#echoes.delete(echo),
    });
    this.#echoes.add(echo);
    return echo;
  }

  codecsIn(sdp: string, gateway: GatewayMedia): readonly CodecName[] {
    return codecsIn(sdp, gateway);
  }

  createSession(request: MediaSessionRequest): MediaSession {
    const session = new MediasoupSession(
      {
        ...this.#gatewaySideDeps(),
        logger: this.#deps.logger,
        workers: this.#workers,
        onClosed: () => this.#sessions.delete(session),
      },
      request,
    );
    this.#sessions.add(session);
    return session;
  }

  #own(session: MediaSession): MediasoupSession {
    if (session instanceof MediasoupSession && this.#sessions.has(session)) return session;
    throw new MediaError('closed', 'the session is closed');
  }

  #gatewaySideDeps(): GatewaySideDeps {
    const { randomInt, randomBytes } = this.#deps;
    return {
      randomInt,
      randomBytes,
      dtls: this.#dtls,
      resolveHost: async (host, family) => (await lookup(host, { family })).address,
      legs: this.#legs,
      addresses: this.#addresses,
    };
  }

  async holdings(): Promise<MediaRelayHoldings> {
    const workers = this.#workers.alive();
    const [counts, rtpLegs] = await Promise.all([
      Promise.all(workers.map((worker) => worker.count())),
      this.#legs.countLegs(),
    ]);
    const routers = counts.reduce((sum, count) => sum + count.routers, 0);
    const browserTransports = counts.reduce((sum, count) => sum + count.browserTransports, 0);
    const plainTransports = [...this.#sessions].filter((session) => session.hasBrowserSide).length;
    return {
      workers: workers.length,
      sessions: this.#sessions.size + this.#trunks.size + this.#echoes.size,
      routers,
      transports: browserTransports + plainTransports,
      rtpLegs,
      gatewayPorts: rtpLegs * 2,
    };
  }

  workerPids(): readonly number[] {
    return this.#workers.alive().map((worker) => worker.pid);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions, ...this.#trunks, ...this.#echoes].map((session) => session.close()));
    this.#workers.close();
    await this.#legs.close();
    await this.#dtls.close();
  }
}

function scheduleTimer(task: () => void, delayMs: number): () => void {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
}
