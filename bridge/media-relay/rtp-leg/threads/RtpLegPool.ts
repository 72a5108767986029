import type { LegSettings } from '../LegConfig.ts';
import { LegBinder } from '../ports/LegBinder.ts';
import { PortPairs } from '../ports/PortPairs.ts';
import type { RtpLegHandle } from './RtpLegHandle.ts';

/** With the time to the next look, nobody waits longer than five seconds to be told. */
const defaultSilenceAfterMs = 4500;

export interface RtpLegPoolOptions {
  /** Local addresses towards gateways, the preferred one first. */
  readonly addresses: readonly string[];
  /** First and last UDP port on each address, inclusive. */
  readonly portRange: readonly [number, number];
  readonly threads: number;
  /** Legs that are kept bound ahead on the first address, so that a call needn't wait for the system. */
  readonly spares: number;
  readonly settings?: Partial<LegSettings>;
}

export interface RtpLegPoolDeps {
  readonly logger: {
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
  /** A random integer below `limit`. */
  readonly randomInt: (limit: number) => number;
}

/** All port pairs of the range are taken. */
export class PortsExhaustedError extends Error {
  constructor(address: string, range: readonly [number, number]) {
    super(`no free pair of UDP ports between ${range[0]} and ${range[1]} on ${address} towards gateways`);
    this.name = 'PortsExhaustedError';
  }
}

interface AddressPool {
  readonly address: string;
  readonly pairs: PortPairs;
  readonly spares: RtpLegHandle[];
  readonly spareCount: number;
  /** One at a time: several would each add the spare that is missing. */
  filling: Promise<void> | null;
}

/** Hands out RTP legs with bound ports; the legs run in worker threads. */
export class RtpLegPool {
  readonly #options: RtpLegPoolOptions;
  readonly #deps: RtpLegPoolDeps;
  readonly #binders: readonly LegBinder[];
  readonly #pools: readonly AddressPool[];
  #isClosed = false;

  private constructor(deps: RtpLegPoolDeps, options: RtpLegPoolOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#pools = options.addresses.map((address, index) => ({
      address,
      pairs: new PortPairs(deps, options.portRange),
      spares: [],
      spareCount: index === 0 ? options.spares : 0,
      filling: null,
    }));
    this.#binders = Array.from(
      { length: Math.max(1, options.threads) },
      () =>
        new LegBinder({
          settings: { sounds: new Map(), silenceAfterMs: defaultSilenceAfterMs, ...options.settings },
          onFault: (fault) => deps.logger.error(fault, 'An RTP leg failed'),
          onThreadLost: (fault) => deps.logger.error(fault, 'The thread of the RTP legs ended and is replaced'),
        }),
    );
  }

  /** @throws Error when an address isn't one of this machine */
  static async create(deps: RtpLegPoolDeps, options: RtpLegPoolOptions): Promise<RtpLegPool> {
    const pool = new RtpLegPool(deps, options);
    try {
      for (const one of pool.#pools) await pool.#check(one);
      for (const one of pool.#pools) pool.#refill(one);
      await pool.#filled();
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  /**
   * A leg whose ports are bound on `address`; at once where a spare is there.
   * @throws PortsExhaustedError
   */
  async acquire(address: string): Promise<RtpLegHandle> {
    const pool = this.#poolOf(address);
    // The last pairs may be, or have become, spares meanwhile.
    let leg = pool.spares.shift() ?? (await this.#bindAny(pool)) ?? pool.spares.shift();
    while (leg === undefined && pool.filling !== null) {
      await pool.filling;
      leg = pool.spares.shift();
    }
    this.#refill(pool);
    if (leg === undefined) throw new PortsExhaustedError(address, this.#options.portRange);
    return leg;
  }

  /**
   * Moves a leg to ports on another address, e.g. of the other address family.
   * @throws PortsExhaustedError
   */
  async move(leg: RtpLegHandle, address: string): Promise<void> {
    const before = leg.binding;
    if (before.address === address) return;
    const pool = this.#poolOf(address);
    for (let attempts = pool.pairs.freeCount; attempts > 0; attempts -= 1) {
      const rtpPort = pool.pairs.take();
      if (rtpPort === null) break;
      if (await leg.rebind(address, rtpPort)) {
        this.#giveBack(before);
        return;
      }
      pool.pairs.giveBack(rtpPort);
    }
    throw new PortsExhaustedError(address, this.#options.portRange);
  }

  /** Legs in use, as the threads count them. */
  async countLegs(): Promise<number> {
    await this.#filled();
    const counts = await Promise.all(this.#binders.map((binder) => binder.countLegs()));
    const spares = this.#pools.reduce((sum, pool) => sum + pool.spares.length, 0);
    return counts.reduce((sum, count) => sum + count, 0) - spares;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#binders.map((binder) => binder.close()));
    for (const pool of this.#pools) pool.spares.length = 0;
  }

  #poolOf(address: string): AddressPool {
    const pool = this.#pools.find((candidate) => candidate.address === address);
    if (pool === undefined) throw new Error(`${address} is not an address of this pool`);
    return pool;
  }

  #giveBack(binding: { address: string; rtpPort: number }): void {
    this.#poolOf(binding.address).pairs.giveBack(binding.rtpPort);
  }

  #refill(pool: AddressPool): void {
    if (this.#isClosed || pool.spares.length >= pool.spareCount || pool.pairs.freeCount === 0) return;
    pool.filling ??= this.#fill(pool);
  }

  async #filled(): Promise<void> {
    await Promise.all(this.#pools.map(({ filling }) => filling));
  }

  async #fill(pool: AddressPool): Promise<void> {
    while (!this.#isClosed && pool.spares.length < pool.spareCount) {
      const leg = await this.#bindAny(pool);
      if (leg === undefined) break;
      pool.spares.push(leg);
    }
    pool.filling = null;
  }

  /** Tries each free pair once: another program may hold some of them. */
  async #bindAny(pool: AddressPool): Promise<RtpLegHandle | undefined> {
    for (let attempts = pool.pairs.freeCount; attempts > 0 && !this.#isClosed; attempts -= 1) {
      const rtpPort = pool.pairs.take();
      if (rtpPort === null) return undefined;
      const result = await this.#bind(pool, rtpPort);
      if (result.handle !== null) return result.handle;
      pool.pairs.giveBack(rtpPort);
      if (!this.#isClosed)
        this.#deps.logger.warn({ rtpPort, code: result.code }, 'A port pair is taken by another program');
    }
    return undefined;
  }

  #bind(pool: AddressPool, rtpPort: number): ReturnType<LegBinder['bind']> {
    const [first, ...others] = this.#binders;
    if (first === undefined) throw new Error('the pool has no thread');
    const binder = others.reduce((least, one) => (one.legCount < least.legCount ? one : least), first);
    const mediasoupSsrc = this.#deps.randomInt(0xffff_ffff) + 1;
    const cname = this.#deps.randomInt(0xffff_ffff_ffff).toString(36);
    const { portRange } = this.#options;
    const binding = { address: pool.address, rtpPort, loopbackPort: 0, portRange, mediasoupSsrc, cname };
    return binder.bind(binding, (handle) => this.#giveBack(handle.binding));
  }

  /** Finds out at the start whether the address is ours, rather than at the first call. */
  async #check(pool: AddressPool): Promise<void> {
    const rtpPort = pool.pairs.take();
    if (rtpPort === null) throw new PortsExhaustedError(pool.address, this.#options.portRange);
    const result = await this.#bind(pool, rtpPort);
    if (result.handle !== null) {
      await result.handle.close();
      return;
    }
    pool.pairs.giveBack(rtpPort);
    if (result.code === 'EADDRINUSE') return;
    throw new Error(`UDP ports on ${pool.address} cannot be used towards gateways: ${result.message}`);
  }
}
