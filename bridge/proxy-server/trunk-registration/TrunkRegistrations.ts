import { isDeepStrictEqual } from 'node:util';
import type { Gateway } from '../../../shared/admin/index.ts';
import type { CallServerId, GatewayId } from '../../../shared/domain/index.ts';
import { drop, type Logger } from '../../observability/index.ts';
import type { RegistrationState, SipPeer, SipRegistration, SipStack } from '../../sip-stack/index.ts';
import { toSipPeer } from '../gateways/toSipPeer.ts';
import type { StatusBook } from '../status/StatusBook.ts';

export interface TrunkRegistrationsDeps {
  readonly gateways: { readonly all: readonly Gateway[] };
  readonly statuses: Pick<StatusBook, 'change'>;
  readonly sip: Pick<SipStack, 'register'>;
  readonly logger: Logger;
}

/** How we are registered with one gateway. */
interface Wish {
  readonly peer: SipPeer;
  readonly expiresSeconds: number;
}

interface Registered {
  readonly wish: Wish;
  readonly registration: SipRegistration;
}

/** Keeps this call server registered with every enabled gateway that wants it, and its state in that of the gateway. */
export class TrunkRegistrations {
  readonly #deps: TrunkRegistrationsDeps;
  readonly #callServerId: CallServerId;
  readonly #registered = new Map<GatewayId, Registered>();
  /** One registration ends before the next one with the same gateway begins. */
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(deps: TrunkRegistrationsDeps, { callServerId }: { readonly callServerId: CallServerId }) {
    this.#deps = deps;
    this.#callServerId = callServerId;
  }

  /** After gateways were added, changed or deleted. Resolves when what is no longer wanted has ended, and the rest has begun. */
  update(): Promise<void> {
    this.#work = this.#work.then(() => this.#update());
    return this.#work;
  }

  stateOf(id: GatewayId): RegistrationState | null {
    return this.#registered.get(id)?.registration.state ?? null;
  }

  /** Registers at once: the gateway may have lost us. */
  refresh(id: GatewayId): void {
    this.#registered.get(id)?.registration.refresh();
  }

  /** Unregisters everywhere. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#work;
    await this.#end([...this.#registered.keys()]);
  }

  async #update(): Promise<void> {
    if (this.#isClosed) return;
    const wishes = new Map<GatewayId, Wish>();
    for (const gateway of this.#deps.gateways.all) {
      const wish = wishOf(gateway);
      if (wish) wishes.set(gateway.id, wish);
    }
    const over = [...this.#registered].filter(([id, { wish }]) => !isDeepStrictEqual(wishes.get(id), wish));
    await this.#end(over.map(([id]) => id));
    if (this.#isClosed) return;
    for (const [id, wish] of wishes) if (!this.#registered.has(id)) this.#begin(id, wish);
  }

  #begin(id: GatewayId, wish: Wish): void {
    const { sip, logger } = this.#deps;
    const { peer, expiresSeconds } = wish;
    let registration: SipRegistration;
    try {
      registration = sip.register(peer, { expiresSeconds });
    } catch (error) {
      logger.error({ error, gatewayId: id }, 'Could not begin to register with a gateway');
      return;
    }
    this.#registered.set(id, { wish, registration });
    registration.on('changed', (state) => this.#note(id, registration, state));
    this.#note(id, registration, registration.state);
  }

  #note(id: GatewayId, registration: SipRegistration, state: RegistrationState): void {
    if (this.#registered.get(id)?.registration !== registration) return;
    const noted = this.#deps.statuses.change(id, (status) => ({
      ...status,
      registrations: { ...status.registrations, [this.#callServerId]: state },
    }));
    drop(noted, this.#deps.logger, 'noting a registration');
  }

  async #end(ids: readonly GatewayId[]): Promise<void> {
    await Promise.all(
      ids.map(async (id) => {
        const registration = this.#registered.get(id)?.registration;
        this.#registered.delete(id);
        registration?.removeAllListeners();
        await registration?.close().catch((error: unknown) => {
          this.#deps.logger.warn({ error, gatewayId: id }, 'Could not end the registration with a gateway');
        });
        await this.#deps.statuses.change(
          id,
          ({ registrations: { [this.#callServerId]: _, ...others }, ...status }) => ({
            ...status,
            registrations: others,
          }),
        );
      }),
    );
  }
}

function wishOf(gateway: Gateway): Wish | null {
  if (!gateway.isEnabled || gateway.registration === null) return null;
  return { peer: toSipPeer(gateway), expiresSeconds: gateway.registration.expiresSeconds };
}
