import type { Gateway, GatewayStatusView } from '../../../shared/admin/index.ts';
import type { RegistrationState } from '../../sip-stack/index.ts';
import { historyOf, lastHourOf, type QuartersOfGateway } from '../figures/quarters.ts';
import type { GatewayHealth, GatewayStatus } from './GatewayStatus.ts';

export interface StatusViewSources {
  readonly gateway: Gateway;
  /** undefined: nothing is known yet. */
  readonly status: GatewayStatus | undefined;
  readonly health: GatewayHealth;
  /** Of the call server that is asked. */
  readonly registration: RegistrationState | null;
  readonly quarters: QuartersOfGateway | undefined;
  readonly changes: GatewayStatusView['changes'];
  readonly calls: number;
  readonly nowMs: number;
}

/** What people see of a gateway. */
export function toStatusView(sources: StatusViewSources): GatewayStatusView {
  const { gateway, status, health, registration, quarters, changes, calls, nowMs } = sources;
  const isOff = !gateway.isEnabled;
  return {
    gatewayId: gateway.id,
    state: isOff ? 'off' : health.state,
    sinceMs: status?.sinceMs ?? null,
    problem: isOff ? null : health.problem,
    share: isOff ? 0 : health.share,
    resumeAtMs: health.state === 'resting' || health.state === 'down' ? health.untilMs : null,
    lastProbeAtMs: status?.probes.lastAtMs ?? null,
    roundTripMs: status?.probes.roundTripMs ?? null,
    registration:
      gateway.registration === null || isOff
        ? null
        : (registration ?? { state: 'trying', expiresAtMs: null, problem: null }),
    addresses: [...(status?.addresses ?? [])],
    calls,
    maxCalls: gateway.maxCalls ?? null,
    lastHour: lastHourOf(quarters, nowMs),
    history: historyOf(quarters, { nowMs, downSinceMs: health.state === 'down' ? (status?.sinceMs ?? null) : null }),
    changes: [...changes],
  };
}
