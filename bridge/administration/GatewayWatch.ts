import type {
  GatewayStatusSummary,
  GatewayStatusView,
  GatewayTest,
  GatewayTestRequest,
} from '../../shared/admin/index.ts';
import type { GatewayId } from '../../shared/domain/index.ts';
import { DialbridgeError, invalidSetting } from '../../shared/errors/index.ts';
import { type Actor, demandOperator, demandUnbound } from './editing/Actor.ts';
import type { AuditTrail } from './editing/AuditTrail.ts';

export interface GatewayWatchDeps {
  readonly statuses: {
    list(): Promise<readonly GatewayStatusView[]>;
    get(id: GatewayId): Promise<GatewayStatusView | undefined>;
  };
  readonly tester: {
    /** @throws DialbridgeError `notFound`, `conflict` while another test of that gateway runs */
    start(gatewayId: GatewayId, request: GatewayTestRequest): Promise<GatewayTest>;
    get(testId: string): Promise<GatewayTest | undefined>;
  };
  /** Whether these digits call for help where this gateway is. */
  readonly isEmergency: (digits: string, gatewayId: GatewayId) => boolean;
  readonly trail: AuditTrail;
}

/** How the gateways are, and trying one out. They are every brand's, so who is bound to a brand doesn't see them. */
export class GatewayWatch {
  readonly #deps: GatewayWatchDeps;

  constructor(deps: GatewayWatchDeps) {
    this.#deps = deps;
  }

  /** @throws DialbridgeError `forbidden` */
  async statuses(actor: Actor): Promise<readonly GatewayStatusSummary[]> {
    demandUnbound(actor);
    return (await this.#deps.statuses.list()).map(({ history: _, changes: __, ...summary }) => summary);
  }

  /** @throws DialbridgeError `forbidden`, `notFound` */
  async status(actor: Actor, id: GatewayId): Promise<GatewayStatusView> {
    demandUnbound(actor);
    return demandFound(await this.#deps.statuses.get(id));
  }

  /**
   * A call costs money, so that it is written down who made it; and nobody may call for help to try something out.
   * @throws DialbridgeError `forbidden`, `notFound`, `conflict`, `invalidSetting`
   */
  async startTest(actor: Actor, id: GatewayId, request: GatewayTestRequest): Promise<GatewayTest> {
    demandOperator(actor);
    if (request.number !== null && this.#deps.isEmergency(request.number, id)) {
      throw invalidSetting([{ key: 'number', expected: 'expected a number that is no emergency number' }]);
    }
    const test = await this.#deps.tester.start(id, request);
    await this.#deps.trail.record(actor, {
      action: 'test',
      kind: 'gateway',
      entityId: id,
      brandId: null,
      before: null,
      after: { number: request.number, testId: test.id },
    });
    return test;
  }

  /** @throws DialbridgeError `forbidden`, `notFound` */
  async test(actor: Actor, testId: string): Promise<GatewayTest> {
    demandUnbound(actor);
    return demandFound(await this.#deps.tester.get(testId));
  }
}

function demandFound<Found>(found: Found | undefined): Found {
  if (found === undefined) throw new DialbridgeError('notFound');
  return found;
}
