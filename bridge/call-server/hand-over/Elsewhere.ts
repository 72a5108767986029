import type { UserId } from '../../../shared/domain/index.ts';
import type { Elsewhere as ElsewhereFacts } from '../../../shared/protocol/index.ts';
import type { CallClient, ClientChannel } from '../CallServer.ts';
import type { ConnectedDevices } from '../ConnectedDevices.ts';
import type { CallHandler } from '../call-handler/index.ts';
import { describeCall, describeDevice } from './describeElsewhere.ts';

export interface ElsewhereDeps {
  readonly devices: Pick<ConnectedDevices, 'ofUser'>;
  /** The running calls of this person, on whichever device. */
  readonly callsOf: (userId: UserId) => readonly CallHandler[];
}

/** Tells each device of a person of the others, and of the calls that are there. Visitors have no other devices. */
export class Elsewhere {
  readonly #deps: ElsewhereDeps;
  /** What each connection was told last, so that it hears of changes only. */
  readonly #told = new WeakMap<ClientChannel, string>();
  readonly #changed = new Set<UserId>();

  constructor(deps: ElsewhereDeps) {
    this.#deps = deps;
  }

  /** For the connection that is told of it now, in another way than by a notification. */
  tell(client: CallClient, channel: ClientChannel): ElsewhereFacts {
    const facts = this.#of(client);
    this.#told.set(channel, JSON.stringify(facts));
    return facts;
  }

  /** Something about this person's devices or calls changed. What changes in one turn is told once. */
  changed(userId: UserId): void {
    if (this.#changed.size === 0) queueMicrotask(() => this.#tellAll());
    this.#changed.add(userId);
  }

  #tellAll(): void {
    const userIds = [...this.#changed];
    this.#changed.clear();
    for (const { client, channel } of userIds.flatMap((userId) => this.#deps.devices.ofUser(userId))) {
      if (isVisitor(client)) continue;
      const before = this.#told.get(channel);
      const facts = this.tell(client, channel);
      if (this.#told.get(channel) !== before) channel.notify('call:elsewhere', facts);
    }
  }

  #of(client: CallClient): ElsewhereFacts {
    if (isVisitor(client)) return { devices: [], calls: [] };
    const { devices, callsOf } = this.#deps;
    const others = devices.ofUser(client.user.id).filter((other) => other.client.deviceId !== client.deviceId);
    const calls = callsOf(client.user.id).filter((call) => call.client.deviceId !== client.deviceId);
    return {
      devices: others.map((other) => describeDevice(other.client)),
      calls: calls.map(describeCall).filter((call) => call !== null),
    };
  }
}

/** Who came by an embed key is nobody to other devices. */
export function isVisitor({ entry }: CallClient): boolean {
  return entry.kind === 'embedKey';
}
