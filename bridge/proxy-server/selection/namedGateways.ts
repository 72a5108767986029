import type { GatewayId } from '../../../shared/domain/index.ts';
import type { IndexedGateway } from '../gateways/GatewayIndex.ts';
import type { GatewaySelection } from './SelectionRequest.ts';
import { listed, Sieve } from './Sieve.ts';
import type { SelectionKnowledge } from './selectGateways.ts';

type NamedKnowledge = Pick<SelectionKnowledge, 'index' | 'calls' | 'healthOf'>;

/**
 * Emergency routing: the gateways that somebody named for it, in that order. Nothing drops one but that it isn't there: what
 * speaks against a gateway is told in the steps, and it is tried all the same, since a probe or a switch can be wrong and there
 * is no second chance.
 */
export function namedGateways(ids: readonly GatewayId[], knowledge: NamedKnowledge): GatewaySelection {
  const { index } = knowledge;
  const sieve = new Sieve();
  const named = [...new Set(ids)];
  const candidates = named.flatMap((id) => index.get(id) ?? []);
  const missing = named.filter((id) => index.get(id) === undefined);
  sieve.note(
    'emergency',
    candidates.map(({ entity }) => entity.id).join(', '),
    missing.map((gatewayId) => ({ gatewayId, why: 'there is no such gateway' })),
  );
  const doubtful = candidates
    .map((gateway) => ({ id: gateway.entity.id, concerns: concernsAbout(gateway, knowledge) }))
    .filter(({ concerns }) => concerns.length > 0);
  if (doubtful.length > 0) {
    const told = listed(doubtful, ({ id, concerns }) => `${id} (${concerns.join('; ')})`);
    sieve.note('healthy', `tried all the same: ${told}`);
  }
  return {
    candidates: candidates.map(({ entity }) => entity),
    steps: sieve.steps,
    routeId: null,
    strategy: null,
  };
}

function concernsAbout({ entity }: IndexedGateway, { calls, healthOf }: NamedKnowledge): string[] {
  const now = calls.get(entity.id) ?? 0;
  const isFull = entity.maxCalls !== undefined && now >= entity.maxCalls;
  return [
    entity.isEnabled ? healthOf(entity.id).problem : 'switched off',
    isFull ? `full: ${now} of ${entity.maxCalls} calls` : null,
  ].filter((concern) => concern !== null);
}
