import type { GatewayStatus, ProbeHealth } from './GatewayStatus.ts';

export interface ProbeThresholds {
  readonly failuresUntilDown: number;
  readonly successesUntilUp: number;
}

export type ProbeOutcome =
  | { readonly isReachable: true; readonly roundTripMs: number | null; readonly retryAfterMs: number | null }
  | { readonly isReachable: false; readonly problem: string; readonly retryAfterMs: number | null };

/** A gateway that asks for more than this is asked again all the same, in milliseconds. */
const longestRestMs = 3_600_000;

/** The status after one more probe. Pure; a gateway changes sides only when its threshold is reached. */
export function statusAfterProbe(
  status: GatewayStatus,
  probe: ProbeOutcome & Pick<GatewayStatus, 'addresses'>,
  { thresholds, nowMs }: { readonly thresholds: ProbeThresholds; readonly nowMs: number },
): GatewayStatus {
  const { retryAfterMs, addresses } = probe;
  const successes = probe.isReachable ? status.probes.successes + 1 : 0;
  const failures = probe.isReachable ? 0 : status.probes.failures + 1;
  const isUp = successes >= thresholds.successesUntilUp;
  const isDown = failures >= thresholds.failuresUntilDown;
  const probes: ProbeHealth = {
    state: isUp ? 'up' : isDown ? 'down' : status.probes.state,
    successes,
    failures,
    lastAtMs: nowMs,
    roundTripMs: probe.isReachable ? probe.roundTripMs : null,
    problem: probe.isReachable ? null : probe.problem,
  };
  const probed = { ...status, probes, addresses };
  return retryAfterMs === null ? probed : statusAtRest(probed, nowMs + retryAfterMs, nowMs);
}

/** The gateway asked to be left alone. */
export function statusAtRest(status: GatewayStatus, untilMs: number, nowMs: number): GatewayStatus {
  return { ...status, restUntilMs: Math.min(untilMs, nowMs + longestRestMs) };
}

/**
 * A call got no answer: as one failed probe, however many calls say so at once. The probe that follows decides; with a threshold of
 * one the call has decided.
 */
export function statusAfterSuspicion(
  status: GatewayStatus,
  problem: string,
  { thresholds }: { readonly thresholds: ProbeThresholds },
): GatewayStatus {
  const failures = Math.max(1, status.probes.failures);
  const state = failures >= thresholds.failuresUntilDown ? 'down' : status.probes.state;
  return { ...status, probes: { ...status.probes, state, failures, successes: 0, problem } };
}

/** Probes come sooner while it is not yet decided on which side the gateway is. */
export function isUnsettled({ state, failures, successes }: ProbeHealth): boolean {
  return state === 'unknown' || (state === 'up' ? failures > 0 : successes > 0);
}
