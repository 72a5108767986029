import type { LiveCall, LiveCalls as LiveCallsView, LiveFigures } from '../../../shared/admin/index.ts';
import type { BrandId, CallId, UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { DisplayUnit } from '../../call-server/index.ts';
import type { Clock } from '../../observability/index.ts';
import { type ActiveCall, costBefore } from '../../storage/index.ts';
import { type Actor, demandOperator, isOwn } from '../editing/Actor.ts';
import type { AuditTrail } from '../editing/AuditTrail.ts';

export interface LiveCallsDeps {
  readonly display: Pick<DisplayUnit, 'changesSince' | 'call' | 'traffic' | 'hangUp'>;
  readonly users: { get(id: UserId): Promise<{ readonly userName: string } | undefined> };
  readonly trail: AuditTrail;
  readonly clock: Pick<Clock, 'now'>;
}

const micros = 1_000_000;

/** The calls that are up, for those who run the phone service or answer for a brand. */
export class LiveCalls {
  readonly #deps: LiveCallsDeps;

  constructor(deps: LiveCallsDeps) {
    this.#deps = deps;
  }

  /** All calls without a cursor; with one, what has changed since. Of other brands nothing but the ids of ended calls. */
  async changes(actor: Actor, cursor: string | null): Promise<LiveCallsView> {
    const { display, clock } = this.#deps;
    const { calls, ...changes } = await display.changesSince(cursor);
    const atMs = clock.now();
    const own = calls.filter(({ brandId }) => isOwn(actor, brandId));
    const names = await this.#userNames(own);
    return { ...changes, atMs, calls: own.map((call) => toView(call, names, atMs)), ended: [...changes.ended] };
  }

  /** @throws DialbridgeError `forbidden` for another brand's */
  async figures(actor: Actor, brandId: BrandId | null): Promise<LiveFigures> {
    if (brandId !== null && !isOwn(actor, brandId)) throw new DialbridgeError('forbidden');
    const { now, minutes, gateways, brands } = await this.#deps.display.traffic(brandId ?? actor.brandId);
    return { atMs: this.#deps.clock.now(), now, minutes: [...minutes], gateways: [...gateways], brands: [...brands] };
  }

  /** @throws DialbridgeError `forbidden`, `notFound` where it is not up any more */
  async hangUp(actor: Actor, callId: CallId, reason: string): Promise<void> {
    demandOperator(actor);
    const { display, trail } = this.#deps;
    const call = await display.call(callId);
    if (call === undefined) throw new DialbridgeError('notFound');
    const entry = {
      ...({ action: 'hangUp', kind: 'call', entityId: callId, brandId: call.brandId } as const),
      ...{ before: { calledNumber: call.calledNumber, userId: call.userId }, after: { reason } },
    };
    await trail.around(actor, entry, async () => {
      if (!display.hangUp(callId, { userName: actor.userName, reason })) throw new DialbridgeError('notFound');
    });
  }

  async #userNames(calls: readonly ActiveCall[]): Promise<ReadonlyMap<UserId, string>> {
    const ids = new Set(calls.flatMap(({ userId }) => userId ?? []));
    const names = new Map<UserId, string>();
    for (const id of ids) {
      const user = await this.#deps.users.get(id);
      if (user !== undefined) names.set(id, user.userName);
    }
    return names;
  }
}

function toView({ id, price, ...call }: ActiveCall, userNames: ReadonlyMap<UserId, string>, atMs: number): LiveCall {
  const { answeredAtMs, userId } = call;
  const chargedMicros = price === null ? null : answeredAtMs === null ? 0 : costBefore(price, answeredAtMs, atMs);
  return {
    callId: id,
    ...call,
    userName: userId === null ? null : (userNames.get(userId) ?? null),
    costSoFar: chargedMicros === null ? null : chargedMicros / micros,
  };
}
