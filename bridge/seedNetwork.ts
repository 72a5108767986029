import {
  type Gateway,
  type GatewaySeed,
  gatewaySchema,
  type NumberEntry,
  type NumberSeed,
  numberSchema,
  type Route,
  type RouteSeed,
  type Rule,
  type RuleSeed,
  routeSchema,
  ruleSchema,
} from '../shared/admin/index.ts';
import type { ContactDraft } from '../shared/protocol/index.ts';
import type { DemoGateway, DemoNumber } from './demo-gateway/index.ts';
import type { Collection } from './storage/index.ts';

const demoId = 'demo';

/**
 * Puts the first gateways and rules into storage, by id, never over what an operator changed there later.
 * The demo gateway gets its entry and its rule anew at each start (its port may be another) and loses them when it is off.
 */
export async function seedNetwork(
  stores: {
    readonly gateways: Collection<Gateway>;
    readonly routes: Collection<Route>;
    readonly numbers: Collection<NumberEntry>;
    readonly rules: Collection<Rule>;
  },
  seed: {
    readonly gateways: readonly GatewaySeed[];
    readonly routes: readonly RouteSeed[];
    readonly numbers: readonly NumberSeed[];
    readonly rules: readonly RuleSeed[];
  },
  demo: Pick<DemoGateway, 'host' | 'port' | 'numbers'> | null,
): Promise<void> {
  for (const gateway of seed.gateways) await stores.gateways.add(gatewaySchema.parse(gateway));
  for (const route of seed.routes) await stores.routes.add(routeSchema.parse(route));
  for (const number of seed.numbers) await stores.numbers.add(numberSchema.parse(number));
  for (const rule of seed.rules) await stores.rules.add(ruleSchema.parse(rule));
  if (!demo) {
    await stores.gateways.delete(demoId);
    await stores.rules.delete(demoId);
    return;
  }
  const { host, port } = demo;
  const numbers = demo.numbers.map(({ number }) => number);
  await stores.gateways.put(
    gatewaySchema.parse({ id: demoId, name: 'Demo telephone network', host, port, prefixes: numbers }),
  );
  await stores.rules.put(ruleSchema.parse({ id: demoId, order: 1_000_000, action: 'allow', to: { prefix: numbers } }));
}

/** What a newcomer finds in the address book. */
export function demoContacts(numbers: readonly DemoNumber[]): readonly ContactDraft[] {
  return numbers.map(({ number, name, description }) => ({
    name,
    company: 'Demo telephone network',
    numbers: [{ number, label: 'other' }],
    note: description,
  }));
}
