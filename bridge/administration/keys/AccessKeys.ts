import { DialbridgeError } from '../../../shared/errors/index.ts';
import { type Actor, demandOperator } from '../editing/Actor.ts';
import type { AuditTrail } from '../editing/AuditTrail.ts';
import type { ChangeQueue } from '../editing/ChangeQueue.ts';

/** A key that signs access tokens, without its secret. */
export interface AccessKey {
  readonly id: string;
  readonly createdAtMs: number;
  /** `retiring`: only checks tokens that it signed before. */
  readonly state: 'current' | 'retiring';
  /** Milliseconds since the epoch; null for the current one. */
  readonly retiresAtMs: number | null;
}

export interface AccessKeysDeps {
  readonly ring: { list(): readonly AccessKey[]; rotate(): Promise<void> };
  readonly trail: AuditTrail;
  readonly queue: ChangeQueue;
}

/** The keys that sign access tokens, which are every brand's. */
export class AccessKeys {
  readonly #deps: AccessKeysDeps;

  constructor(deps: AccessKeysDeps) {
    this.#deps = deps;
  }

  /** @throws DialbridgeError `forbidden` for who is bound to a brand */
  list(actor: Actor): readonly AccessKey[] {
    if (actor.brandId !== null) throw new DialbridgeError('forbidden');
    return this.#deps.ring.list();
  }

  /** @throws DialbridgeError `forbidden` */
  async rotate(actor: Actor): Promise<readonly AccessKey[]> {
    demandOperator(actor);
    return this.#deps.queue.run(async () => {
      const { ring, trail } = this.#deps;
      const [current] = ring.list().filter(({ state }) => state === 'current');
      const entry = {
        action: 'rotate' as const,
        kind: 'accessKey' as const,
        entityId: current?.id ?? null,
        brandId: null,
        before: { state: 'current' },
        after: { state: 'retiring' },
      };
      await trail.around(actor, entry, () => ring.rotate());
      return ring.list();
    });
  }
}
