import type { Gateway } from '../../../shared/admin/index.ts';
import type { GatewayId } from '../../../shared/domain/index.ts';
import type { GatewayStatus } from '../status/GatewayStatus.ts';
import type { GatewaySelection, SelectionStep } from './SelectionRequest.ts';

export interface SelectionInput {
  /** E.164. */
  readonly calledNumber: string;
  readonly gateways: readonly Gateway[];
  readonly statuses: ReadonlyMap<GatewayId, GatewayStatus>;
  /** Calls at each gateway now; absent means none. */
  readonly activeCalls: ReadonlyMap<GatewayId, number>;
  readonly nowMs: number;
}

/**
 * Longest matching prefix, then health, capacity, priority and least active calls.
 * When every gateway left is down they are tried all the same: a try costs little, and a probe can be wrong.
 */
export function selectGateways(input: SelectionInput): GatewaySelection {
  const steps: SelectionStep[] = [];
  const keep = (
    step: SelectionStep['step'],
    candidates: readonly Gateway[],
    whyNot: (gateway: Gateway) => string | null,
  ): Gateway[] => {
    const kept: Gateway[] = [];
    const dropped: { gatewayId: GatewayId; why: string }[] = [];
    for (const gateway of candidates) {
      const why = whyNot(gateway);
      if (why === null) kept.push(gateway);
      else dropped.push({ gatewayId: gateway.id, why });
    }
    steps.push(summarise(step, dropped));
    return kept;
  };

  const enabled = keep('enabled', input.gateways, (gateway) => (gateway.isEnabled ? null : 'switched off'));
  const matches = new Map(enabled.map((gateway) => [gateway.id, longestMatch(gateway, input.calledNumber)]));
  const longest = Math.max(0, ...matches.values());
  const byPrefix = keep('prefix', enabled, (gateway) => {
    const length = matches.get(gateway.id) ?? 0;
    if (length === 0) return 'no prefix matches the number';
    return length < longest ? 'another gateway has a longer matching prefix' : null;
  });
  const healthy = keep('healthy', byPrefix, (gateway) => whyUnhealthy(input.statuses.get(gateway.id), input.nowMs));
  const alive = healthy.length > 0 ? healthy : byPrefix;
  if (healthy.length === 0 && byPrefix.length > 0) {
    steps.push({ step: 'healthy', dropped: [], note: 'none is healthy: they are tried all the same' });
  }
  const callsAt = (gateway: Gateway) => input.activeCalls.get(gateway.id) ?? 0;
  const withRoom = keep('capacity', alive, (gateway) =>
    gateway.maxCalls !== undefined && callsAt(gateway) >= gateway.maxCalls
      ? `full: ${callsAt(gateway)} of ${gateway.maxCalls} calls`
      : null,
  );
  const candidates = withRoom.toSorted(
    (a, b) => a.priority - b.priority || callsAt(a) - callsAt(b) || a.id.localeCompare(b.id),
  );
  steps.push({
    step: 'order',
    dropped: [],
    note: candidates
      .map((gateway) => `${gateway.id} (priority ${gateway.priority}, ${callsAt(gateway)} calls)`)
      .join(', '),
  });
  return { candidates, steps, routeId: null, strategy: 'priority' };
}

/** With hundreds of gateways most are dropped for their prefix; a record names the first of them and counts the rest. */
const namedAtMost = 20;

function summarise(step: SelectionStep['step'], dropped: SelectionStep['dropped']): SelectionStep {
  const more = dropped.length - namedAtMost;
  if (more <= 0) return { step, dropped };
  return { step, dropped: dropped.slice(0, namedAtMost), note: `and ${more} more` };
}

function longestMatch(gateway: Gateway, calledNumber: string): number {
  let longest = 0;
  for (const prefix of gateway.prefixes) {
    if (prefix.length > longest && calledNumber.startsWith(prefix)) longest = prefix.length;
  }
  return longest;
}

/** What speaks against a gateway, as the end of a sentence; null: nothing. */
export function whyUnhealthy(status: GatewayStatus | undefined, nowMs: number): string | null {
  if (!status) return null;
  if (status.resumeAtMs !== null && status.resumeAtMs > nowMs) {
    return `asked to be left alone for another ${Math.ceil((status.resumeAtMs - nowMs) / 1000)} s`;
  }
  return status.state === 'down' ? `down: ${status.problem ?? 'probes failed'}` : null;
}
