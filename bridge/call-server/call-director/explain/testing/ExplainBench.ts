import {
  type EmbedKey,
  type ExplainRequest,
  type Explanation,
  embedKeySchema,
  explainRequestSchema,
  explanationSchema,
  gatewaySchema,
  type Rate,
  type Rule,
  rateSchema,
  ruleSchema,
} from '../../../../../shared/admin/index.ts';
import type { BrandId, CallId, CallServerId, UserId } from '../../../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../../../shared/errors/index.ts';
import { ZoneClocks } from '../../../../calendar/index.ts';
import { FakeClock } from '../../../../observability/FakeClock.ts';
import type { SelectionRequest } from '../../../../proxy-server/index.ts';
import { MemoryUsageStore } from '../../../../storage/index.ts';
import { callClient } from '../../../testing/callClient.ts';
import type { CallRequest } from '../../Authorization.ts';
import { CallAuthorizer } from '../../CallAuthorizer.ts';
import { toRefusal } from '../../limits/index.ts';
import { authorizerDeps, type KnownToAuthorizer } from '../../testing/createAuthorizer.ts';
import { CallExplainer } from '../CallExplainer.ts';

export const washington = '+12025550123';
const callServerId = 's1' as CallServerId;
/** Of a Thursday. */
export const noon = Date.parse('2026-07-09T12:00:00Z');

export function rule(fields: object): Rule {
  return ruleSchema.parse({ id: 'r', action: 'allow', ...fields });
}

export function rate(id: string, pricePerMinute: number): Rate {
  return rateSchema.parse({ id, pricePerMinute });
}

const shopKey: EmbedKey = embedKeySchema.parse({
  id: 'pk_shop',
  name: 'Shop',
  brandId: 'b1',
  origins: ['https://*.shop.example', 'https://shop.example'],
  destinations: [{ number: '+1', isPrefix: true }],
  createdAtMs: 0,
});

/** A bridge's worth of what decides on calls, known both to a call and to Explain. */
export class ExplainBench {
  readonly clock = new FakeClock(noon);
  readonly usage = new MemoryUsageStore();
  readonly #deps: ReturnType<typeof authorizerDeps>;
  #calls = 0;

  constructor(known: Omit<KnownToAuthorizer, 'clock'>) {
    this.#deps = authorizerDeps({
      users: [{ id: 'alice' as UserId }],
      embedKeys: [shopKey],
      ...known,
      clock: this.clock,
    });
  }

  readonly #proxyServer = {
    select: async ({ calledNumber: number, gatewayIds }: Pick<SelectionRequest, 'calledNumber' | 'gatewayIds'>) => {
      const gateways = ['gw1', 'gw2'].map((id) =>
        gatewaySchema.parse({ id, name: `Gateway ${id}`, host: '127.0.0.1' }),
      );
      const candidates = gatewayIds
        ? gateways.filter(({ id }) => gatewayIds.includes(id))
        : number.startsWith('+49')
          ? []
          : gateways;
      return {
        candidates,
        steps: [{ step: 'prefix' as const, dropped: [], note: 'as the number says' }],
        routeId: null,
        strategy: 'priority' as const,
      };
    },
  };

  async explain(request: object = {}): Promise<Explanation> {
    const { users, brands } = this.#deps;
    const explainer = new CallExplainer(
      {
        ...this.#deps,
        users: {
          get: (id) => users.get(id),
          findByName: async (name) => (name.toLowerCase() === 'alice' ? users.get('alice' as UserId) : undefined),
        },
        brands: { settings: (id) => brands.settings(id), has: (id) => id.startsWith('b'), defaultId: 'b1' as BrandId },
        clocks: new ZoneClocks(),
        usage: this.usage,
        proxyServer: this.#proxyServer,
      },
      { currency: 'EUR' },
    );
    const asked: ExplainRequest = explainRequestSchema.parse({
      caller: { kind: 'user', userName: 'Alice' },
      destination: washington,
      ...request,
    });
    return explanationSchema.parse(await explainer.explain(asked));
  }

  /** Makes the call; resolves with the code of the refusal, or null. */
  async call(request: Partial<CallRequest> = {}): Promise<DialbridgeError | null> {
    const authorizer = new CallAuthorizer(this.#deps);
    const atMs = this.clock.now();
    this.#calls += 1;
    try {
      const { claims, price, calledNumber, gatewayIds, called } = await authorizer.authorize({
        client: callClient('alice'),
        destination: washington,
        ...request,
      });
      const callId = `call-${this.#calls}` as CallId;
      const refusal = await this.usage.admit({ callId, callServerId, atMs, claims, price });
      if (refusal) throw toRefusal(refusal, atMs);
      const { candidates } = await this.#proxyServer.select({ calledNumber, gatewayIds });
      if (candidates.length === 0)
        throw new DialbridgeError('noGatewayForNumber', { details: { number: called.formatted } });
      return null;
    } catch (error) {
      if (error instanceof DialbridgeError) return error;
      throw error;
    }
  }
}
