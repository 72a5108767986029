import type { CallServerId, DeviceId, UserId } from '../../../shared/domain/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../../observability/index.ts';
import type { Collection } from '../../storage/index.ts';
import type { AddressOfRecord, ContactBinding } from './ContactBinding.ts';

export interface RegistrationsDeps {
  /** Shared by all call servers; what is in it is true only while they run. */
  readonly addresses: Collection<AddressOfRecord>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface RegistrationsOptions {
  readonly callServerId: CallServerId;
  /** How long a device whose socket went may come back, in milliseconds. */
  readonly reconnectWindowMs: number;
}

export type DeviceOfUser = Pick<ContactBinding, 'userId' | 'deviceId'>;

/** The registration database: which devices of which users are where. Accounts, users of host applications and visitors alike. */
export class Registrations {
  readonly #deps: RegistrationsDeps;
  readonly #options: RegistrationsOptions;
  /** Of devices of this call server that are away. */
  readonly #timers = new Map<string, Timer>();
  /** Changes are made one after another: a device that came back must not be taken for gone by a slower write. */
  #writes: Promise<unknown> = Promise.resolve();

  /** To be called before the first device connects: takes out what an earlier run of this call server left. */
  static async create(deps: RegistrationsDeps, options: RegistrationsOptions): Promise<Registrations> {
    await deps.addresses.updateAll((present) => {
      const kept = [...present].map(
        ([id, { bindings }]) => [id, without(bindings, isAt(options.callServerId))] as const,
      );
      return new Map(kept.filter(([, left]) => left.length > 0).map(([id, bindings]) => [id, toAddress(id, bindings)]));
    });
    return new Registrations(deps, options);
  }

  private constructor(deps: RegistrationsDeps, options: RegistrationsOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** The device's socket is at this call server, for the first time or again, wherever it was before. */
  connected(device: DeviceOfUser, clientName: string): void {
    this.#stopTimer(device);
    const { userId, deviceId } = device;
    const binding: ContactBinding = {
      ...{ userId, deviceId, clientName },
      callServerId: this.#options.callServerId,
      connectedAtMs: this.#deps.clock.now(),
      state: 'connected',
      untilMs: null,
    };
    this.#change(userId, (bindings) => [...without(bindings, isOf(deviceId)), binding]);
  }

  /** The socket went. Ignored where the device is at another call server by now. */
  gone(device: DeviceOfUser): void {
    const { clock } = this.#deps;
    const { reconnectWindowMs } = this.#options;
    this.#stopTimer(device);
    const untilMs = clock.now() + reconnectWindowMs;
    this.#changeOwn(device, (binding) => ({ ...binding, state: 'away', untilMs }));
    const timer = clock.setTimeout(() => {
      this.#timers.delete(keyOf(device));
      this.#changeOwn(device, (binding) => (binding.untilMs === untilMs ? null : binding));
    }, reconnectWindowMs);
    timer.unref();
    this.#timers.set(keyOf(device), timer);
  }

  /** The devices of a user, those that are away among them while they may come back. */
  async bindingsOf(userId: UserId): Promise<readonly ContactBinding[]> {
    await this.#writes;
    const nowMs = this.#deps.clock.now();
    const bindings = (await this.#deps.addresses.get(userId))?.bindings ?? [];
    return bindings.filter(({ untilMs }) => untilMs === null || untilMs > nowMs);
  }

  /** Stops the timers, and waits for what is being written. Idempotent. */
  async close(): Promise<void> {
    for (const timer of this.#timers.values()) this.#deps.clock.clearTimeout(timer);
    this.#timers.clear();
    await this.#writes;
  }

  /** Of a device that is still at this call server; null takes it out. */
  #changeOwn({ userId, deviceId }: DeviceOfUser, change: (binding: ContactBinding) => ContactBinding | null): void {
    this.#change(userId, (bindings) =>
      bindings.flatMap((binding) => {
        if (binding.deviceId !== deviceId || binding.callServerId !== this.#options.callServerId) return [binding];
        return change(binding) ?? [];
      }),
    );
  }

  #change(userId: UserId, change: (bindings: readonly ContactBinding[]) => readonly ContactBinding[]): void {
    const { addresses, logger } = this.#deps;
    const write = () =>
      addresses.update(userId, (present) => {
        const bindings = change(present?.bindings ?? []);
        return bindings.length === 0 ? undefined : toAddress(userId, bindings);
      });
    const written = this.#writes.then(write);
    this.#writes = written.catch(() => undefined);
    drop(written, logger, 'noting where a device is');
  }

  #stopTimer(device: DeviceOfUser): void {
    this.#deps.clock.clearTimeout(this.#timers.get(keyOf(device)));
    this.#timers.delete(keyOf(device));
  }
}

function toAddress(id: string, bindings: readonly ContactBinding[]): AddressOfRecord {
  return { id: id as UserId, bindings };
}

function without(bindings: readonly ContactBinding[], isOut: (one: ContactBinding) => boolean): ContactBinding[] {
  return bindings.filter((binding) => !isOut(binding));
}

function isOf(deviceId: DeviceId): (binding: ContactBinding) => boolean {
  return (binding) => binding.deviceId === deviceId;
}

function isAt(callServerId: CallServerId): (binding: ContactBinding) => boolean {
  return (binding) => binding.callServerId === callServerId;
}

function keyOf({ userId, deviceId }: DeviceOfUser): string {
  return JSON.stringify([userId, deviceId]);
}
