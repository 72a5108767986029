import type { GatewayId } from '../../../shared/domain/index.ts';

/** What is known of a gateway's health; shared by all call servers. */
export interface GatewayStatus {
  readonly id: GatewayId;
  /** `unknown` until a threshold was first reached; such a gateway is used like one that is up. */
  readonly state: 'unknown' | 'up' | 'down';
  /** Failed probes in a row. */
  readonly failures: number;
  /** Answered probes in a row. */
  readonly successes: number;
  readonly lastProbeAtMs: number | null;
  readonly roundTripMs: number | null;
  /** In plain words, why the last probe failed. */
  readonly problem: string | null;
  /** The gateway asked to be left alone until then (503 with Retry-After, RFC 3261 section 21.5.4). */
  readonly resumeAtMs: number | null;
}

export function unknownStatus(id: GatewayId): GatewayStatus {
  return {
    id,
    state: 'unknown',
    failures: 0,
    successes: 0,
    lastProbeAtMs: null,
    roundTripMs: null,
    problem: null,
    resumeAtMs: null,
  };
}

export interface ProbeThresholds {
  readonly failuresUntilDown: number;
  readonly successesUntilUp: number;
}

export type ProbeOutcome =
  | { readonly isReachable: true; readonly roundTripMs: number | null; readonly retryAfterMs: number | null }
  | { readonly isReachable: false; readonly problem: string; readonly retryAfterMs: number | null };

/** The status after one more probe. Pure; a gateway changes sides only when its threshold is reached. */
export function statusAfterProbe(
  status: GatewayStatus,
  probe: ProbeOutcome,
  context: { thresholds: ProbeThresholds; nowMs: number },
): GatewayStatus {
  const { thresholds, nowMs } = context;
  const successes = probe.isReachable ? status.successes + 1 : 0;
  const failures = probe.isReachable ? 0 : status.failures + 1;
  const isUp = successes >= thresholds.successesUntilUp;
  const isDown = failures >= thresholds.failuresUntilDown;
  return {
    ...status,
    state: isUp ? 'up' : isDown ? 'down' : status.state,
    successes,
    failures,
    lastProbeAtMs: nowMs,
    roundTripMs: probe.isReachable ? probe.roundTripMs : null,
    problem: probe.isReachable ? null : probe.problem,
    resumeAtMs: probe.retryAfterMs === null ? status.resumeAtMs : nowMs + probe.retryAfterMs,
  };
}
