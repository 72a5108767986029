import type { GatewayState, GatewayStatusView } from '../../../shared/admin/index.ts';
import type { CallServerId, GatewayId } from '../../../shared/domain/index.ts';
import type { RegistrationState } from '../../sip-stack/index.ts';
import { type Breaker, breakerAt, closedBreaker, shareOf } from './Breaker.ts';

/** What is known of a gateway's health; shared by all call servers. */
export interface GatewayStatus {
  readonly id: GatewayId;
  /** How it is reached; when that changes, everything begins anew. */
  readonly reachedAt: string;
  readonly isEnabled: boolean;
  readonly isProbed: boolean;
  readonly mustRegister: boolean;
  /** As it was told last. */
  readonly state: GatewayState;
  /** In milliseconds since the epoch; null: since ever. */
  readonly sinceMs: number | null;
  readonly probes: ProbeHealth;
  /** Who probes takes a turn, so that several call servers ask no more often than one. */
  readonly nextProbeAtMs: number;
  readonly addresses: GatewayStatusView['addresses'];
  /** It asked to be left alone until then (503 with Retry-After, RFC 3261 section 21.5.4). */
  readonly restUntilMs: number | null;
  readonly breaker: Breaker;
  /** Each call server registers for itself. */
  readonly registrations: Readonly<Record<CallServerId, RegistrationState>>;
}

export interface ProbeHealth {
  /** `unknown` until a threshold was first reached; such a gateway is used like one that is up. */
  readonly state: 'unknown' | 'up' | 'down';
  /** In a row. */
  readonly failures: number;
  /** In a row. */
  readonly successes: number;
  readonly lastAtMs: number | null;
  readonly roundTripMs: number | null;
  /** In plain words, why the last one failed. */
  readonly problem: string | null;
}

export function freshStatus(
  id: GatewayId,
  now: Pick<GatewayStatus, 'reachedAt' | 'isEnabled' | 'isProbed' | 'mustRegister'>,
): GatewayStatus {
  return {
    ...{ id, ...now },
    state: now.isEnabled ? 'unknown' : 'off',
    sinceMs: null,
    probes: { state: 'unknown', failures: 0, successes: 0, lastAtMs: null, roundTripMs: null, problem: null },
    nextProbeAtMs: 0,
    addresses: [],
    restUntilMs: null,
    breaker: closedBreaker,
    registrations: {},
  };
}

/** How a gateway is at one moment. */
export interface GatewayHealth {
  readonly state: GatewayState;
  /** In plain words; null: nothing speaks against it. */
  readonly problem: string | null;
  /** Until when that is so, where it is known; in milliseconds since the epoch. */
  readonly untilMs: number | null;
  /** Of the calls that it would get: 0 to 1. */
  readonly share: number;
}

/** The gateway's own wish comes first, then whether it can be reached and used at all, then how calls went. */
export function healthAt(status: GatewayStatus, nowMs: number, shares: readonly number[]): GatewayHealth {
  const { isEnabled, isProbed, restUntilMs, probes } = status;
  const none = { share: 0, untilMs: null } as const;
  if (!isEnabled) return { ...none, state: 'off', problem: 'switched off' };
  if (restUntilMs !== null && restUntilMs > nowMs) {
    const problem = `asked to be left alone for another ${Math.ceil((restUntilMs - nowMs) / 1000)} s`;
    return { ...none, state: 'resting', problem, untilMs: restUntilMs };
  }
  const isDown = probes.state === 'down';
  if (isDown && isProbed) return { ...none, state: 'down', problem: probes.problem ?? 'probes failed' };
  const missing = missingRegistration(status, nowMs);
  if (missing !== null) return { ...none, ...missing };
  const breaker = breakerAt(status.breaker, nowMs);
  if (breaker.kind === 'open') return { ...none, state: 'down', problem: breaker.problem, untilMs: breaker.untilMs };
  const share = shareOf(breaker, shares);
  if (breaker.kind === 'returning') return { state: 'returning', problem: null, untilMs: null, share };
  return { state: isDown ? 'unknown' : probes.state, problem: null, untilMs: registeredUntilMs(status), share: 1 };
}

/** Registered by one call server is enough for the state that all share; a choice asks for its own as well. */
function missingRegistration(
  { mustRegister, registrations }: GatewayStatus,
  nowMs: number,
): Pick<GatewayHealth, 'state' | 'problem'> | null {
  if (!mustRegister) return null;
  const known = Object.values(registrations);
  if (known.some((one) => isRegistered(one, nowMs))) return null;
  const failed = known.find(({ problem }) => problem !== null);
  return { state: failed ? 'down' : 'unknown', problem: sayNotRegistered(failed) };
}

/** The registrar knows us, also while we refresh that or fail to. */
export function isRegistered({ expiresAtMs }: RegistrationState, nowMs: number): boolean {
  return expiresAtMs !== null && expiresAtMs > nowMs;
}

export function sayNotRegistered(registration: RegistrationState | undefined): string {
  return registration?.problem == null ? 'not registered yet' : `not registered: ${registration.problem}`;
}

function registeredUntilMs({ mustRegister, registrations }: GatewayStatus): number | null {
  if (!mustRegister) return null;
  return Math.max(...Object.values(registrations).map(({ expiresAtMs }) => expiresAtMs ?? 0));
}
