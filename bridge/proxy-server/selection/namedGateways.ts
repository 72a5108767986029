import type { Gateway } from '../../../shared/admin/index.ts';
import type { GatewayId } from '../../../shared/domain/index.ts';
import type { GatewaySelection } from './SelectionRequest.ts';
import { type SelectionInput, whyUnhealthy } from './selectGateways.ts';

/**
 * Emergency routing: the gateways that somebody named for it, in that order. Nothing drops one but that it isn't there: what
 * speaks against a gateway is told in the steps, and it is tried all the same, since a probe or a switch can be wrong and there
 * is no second chance.
 */
export function namedGateways(
  ids: readonly GatewayId[],
  input: Omit<SelectionInput, 'calledNumber'>,
): GatewaySelection {
  const byId = new Map(input.gateways.map((gateway) => [gateway.id, gateway]));
  const named = [...new Set(ids)];
  const candidates = named.flatMap((id) => byId.get(id) ?? []);
  const missing = named.filter((id) => !byId.has(id));
  const concerns = candidates.flatMap((gateway) => {
    const all = concernsAbout(gateway, input);
    return all.length > 0 ? [`${gateway.id} (${all.join('; ')})`] : [];
  });
  return {
    candidates,
    steps: [
      {
        step: 'emergency',
        dropped: missing.map((gatewayId) => ({ gatewayId, why: 'there is no such gateway' })),
        note: candidates.map(({ id }) => id).join(', '),
      },
      ...(concerns.length > 0
        ? [{ step: 'healthy', dropped: [], note: `tried all the same: ${concerns.join(', ')}` } as const]
        : []),
    ],
    routeId: null,
    strategy: null,
  };
}

function concernsAbout(
  gateway: Gateway,
  { statuses, activeCalls, nowMs }: Omit<SelectionInput, 'calledNumber'>,
): string[] {
  const calls = activeCalls.get(gateway.id) ?? 0;
  const isFull = gateway.maxCalls !== undefined && calls >= gateway.maxCalls;
  return [
    gateway.isEnabled ? null : 'switched off',
    whyUnhealthy(statuses.get(gateway.id), nowMs),
    isFull ? `full: ${calls} of ${gateway.maxCalls} calls` : null,
  ].filter((concern) => concern !== null);
}
