import { EventEmitter } from 'node:events';
import type { Gateway, GatewayState, GatewayStatusView } from '../../../shared/admin/index.ts';
import type { CallServerId, GatewayId } from '../../../shared/domain/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../../observability/index.ts';
import { type Collection, CollectionMirror } from '../../storage/index.ts';
import { reachOf } from '../gateways/reachOf.ts';
import type { BreakerOptions } from './Breaker.ts';
import {
  freshStatus,
  type GatewayHealth,
  type GatewayStatus,
  healthAt,
  isRegistered,
  sayNotRegistered,
} from './GatewayStatus.ts';

/** The last changes of one gateway's state, newest first. */
export interface GatewayChanges {
  readonly id: GatewayId;
  readonly changes: GatewayStatusView['changes'];
}

export interface StateChange {
  readonly gatewayId: GatewayId;
  readonly from: GatewayState;
  readonly to: GatewayState;
  readonly atMs: number;
  /** Since when it was in the state before; null: since ever. */
  readonly sinceMs: number | null;
  /** In plain words; null: nothing speaks against it. */
  readonly problem: string | null;
}

export interface StatusBookEvents {
  /** A gateway's state became another one, and it was this process that found out. */
  stateChanged: [StateChange];
}

export interface StatusBookDeps {
  readonly gateways: { get(id: GatewayId): Gateway | undefined };
  readonly statuses: Collection<GatewayStatus>;
  readonly changes: Collection<GatewayChanges>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface StatusBookOptions {
  readonly callServerId: CallServerId;
  readonly breaker: Pick<BreakerOptions, 'shares'>;
}

/** Changes of state that are kept for each gateway. */
const keptChanges = 50;
/** The longest time a timer can be set for, in milliseconds. */
const longestTimerMs = 2 ** 31 - 1;

const unknownHealth: GatewayHealth = { state: 'unknown', problem: null, untilMs: null, share: 1 };

/** How gateways are, in memory and in the store that all call servers share. */
export class StatusBook extends EventEmitter<StatusBookEvents> {
  readonly #deps: StatusBookDeps;
  readonly #options: StatusBookOptions;
  /** Set for the next change that time alone makes. */
  readonly #timers = new Map<GatewayId, Timer>();
  #mirror: CollectionMirror<GatewayStatus> | undefined;
  #isClosed = false;

  /** Reads what other call servers know already; rejects when it can't be read. */
  static async create(deps: StatusBookDeps, options: StatusBookOptions): Promise<StatusBook> {
    const book = new StatusBook(deps, options);
    const { statuses: collection, clock, logger } = deps;
    book.#mirror = await CollectionMirror.create({ collection, clock, logger, name: 'the states of gateways' });
    return book;
  }

  private constructor(deps: StatusBookDeps, options: StatusBookOptions) {
    super();
    this.#deps = deps;
    this.#options = options;
  }

  get(id: GatewayId): GatewayStatus | undefined {
    return this.#mirror?.get(id);
  }

  /** For the calls of this call server: its own registration counts. */
  healthOf(id: GatewayId): GatewayHealth {
    const status = this.get(id);
    if (!status) return unknownHealth;
    const nowMs = this.#deps.clock.now();
    const health = healthAt(status, nowMs, this.#options.breaker.shares);
    if (health.problem !== null || !status.mustRegister) return health;
    const own = status.registrations[this.#options.callServerId];
    return own && isRegistered(own, nowMs) ? health : { ...health, problem: sayNotRegistered(own), share: 0 };
  }

  async changesOf(id: GatewayId): Promise<GatewayStatusView['changes']> {
    return (await this.#deps.changes.get(id))?.changes ?? [];
  }

  /**
   * Changes what is known of a gateway, with no other change in between; one that is reached in another way begins anew. Resolves
   * with what is there afterwards, undefined where there is no such gateway. `change` runs synchronously, and may run again.
   */
  async change(
    id: GatewayId,
    change: (status: GatewayStatus) => GatewayStatus = (status) => status,
  ): Promise<GatewayStatus | undefined> {
    const gateway = this.#deps.gateways.get(id);
    if (!gateway || this.#isClosed) return undefined;
    const now = {
      reachedAt: reachOf(gateway),
      isEnabled: gateway.isEnabled,
      isProbed: gateway.probes.isOn,
      mustRegister: gateway.registration !== null,
    };
    const found: { told: StateChange | null } = { told: null };
    const after = await this.#deps.statuses.update(id, (present) => {
      const before = present?.reachedAt === now.reachedAt ? withWishes(present, now) : freshStatus(id, now);
      const changed = change(before);
      const from = present?.state ?? before.state;
      const atMs = this.#deps.clock.now();
      const { state: to, problem } = healthAt(changed, atMs, this.#options.breaker.shares);
      found.told = to === from ? null : { gatewayId: id, from, to, atMs, sinceMs: present?.sinceMs ?? null, problem };
      // What has not changed is not written.
      if (changed === present && !found.told) return present;
      return { ...changed, state: to, sinceMs: found.told ? atMs : (present?.sinceMs ?? null) };
    });
    if (!after) return undefined;
    this.#mirror?.keep(after);
    this.#setTimer(after);
    if (found.told) await this.#tell(found.told);
    return after;
  }

  /** Of a gateway that was deleted nothing stays. */
  async forget(id: GatewayId): Promise<void> {
    this.#clearTimer(id);
    await Promise.all([this.#deps.statuses.delete(id), this.#deps.changes.delete(id)]);
    await this.#mirror?.reload();
  }

  close(): void {
    this.#isClosed = true;
    this.#mirror?.close();
    for (const id of [...this.#timers.keys()]) this.#clearTimer(id);
    this.removeAllListeners();
  }

  async #tell(told: StateChange): Promise<void> {
    const { gatewayId, from, to, atMs, problem } = told;
    const { logger, changes } = this.#deps;
    if (to === 'down') logger.warn({ gatewayId, from, problem }, 'Gateway is down');
    else logger.info({ gatewayId, from, problem }, `Gateway is ${to}`);
    await changes.update(gatewayId, (present) => ({
      id: gatewayId,
      changes: [{ atMs, from, to, problem }, ...(present?.changes ?? [])].slice(0, keptChanges),
    }));
    this.emit('stateChanged', told);
  }

  #setTimer(status: GatewayStatus): void {
    this.#clearTimer(status.id);
    const { clock, logger } = this.#deps;
    const nowMs = clock.now();
    const { untilMs } = healthAt(status, nowMs, this.#options.breaker.shares);
    if (untilMs === null || this.#isClosed) return;
    const timer = clock.setTimeout(
      () => drop(this.change(status.id), logger, 'noting that a gateway’s time is over'),
      Math.min(longestTimerMs, Math.max(1, untilMs - nowMs)),
    );
    timer.unref();
    this.#timers.set(status.id, timer);
  }

  #clearTimer(id: GatewayId): void {
    this.#deps.clock.clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
}

type Wishes = Pick<GatewayStatus, 'isEnabled' | 'isProbed' | 'mustRegister'>;

function withWishes(status: GatewayStatus, now: Wishes): GatewayStatus {
  const isSame =
    status.isEnabled === now.isEnabled && status.isProbed === now.isProbed && status.mustRegister === now.mustRegister;
  return isSame ? status : { ...status, ...now };
}
