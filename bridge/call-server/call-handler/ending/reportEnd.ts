import type { CallReporter } from '../reports/CallReporter.ts';
import { type HandlerEnd, toCallClosing, toCallEnd } from './toCallEnd.ts';

export interface EndFacts {
  readonly calledNumber: string;
  readonly requestedAtMs: number;
  readonly endedAtMs: number;
  /** When the caller first heard that something happens (ringing, early media, answer); null: never. */
  readonly firstProgressAtMs: number | null;
}

/** Tells everybody how a call ended, and closes its record. */
export function reportEnd(reporter: CallReporter, handlerEnd: HandlerEnd, facts: EndFacts): void {
  const { calledNumber, requestedAtMs, endedAtMs, firstProgressAtMs } = facts;
  const end = toCallEnd(handlerEnd, calledNumber);
  const state = reporter.stateAfter('finished');
  reporter.change({ state, endedAt: endedAtMs, end, limit: null, transfer: null });
  reporter.event('disconnected', { ...end });
  const postDialDelayMs = firstProgressAtMs === null ? null : firstProgressAtMs - requestedAtMs;
  reporter.ended(toCallClosing(end, { endedAtMs, postDialDelayMs }));
}
