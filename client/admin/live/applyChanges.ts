import type { LiveCall, LiveCalls } from '../../../shared/admin/index.ts';

/** The calls that are up, as far as this page knows. */
export interface KnownCalls {
  /** To ask with the next time; null: it was never asked. */
  readonly cursor: string | null;
  /** The oldest first. A call that didn't change is the same object as before. */
  readonly calls: readonly LiveCall[];
  /** By the clock of the bridge. */
  readonly atMs: number;
}

export const nothingKnown: KnownCalls = { cursor: null, calls: [], atMs: 0 };

/** What is known after an answer of the bridge. */
export function applyChanges(known: KnownCalls, { cursor, isWhole, atMs, calls, ended }: LiveCalls): KnownCalls {
  if (!isWhole && calls.length === 0 && ended.length === 0) return { ...known, cursor, atMs };
  const byId = new Map(isWhole ? [] : known.calls.map((call) => [call.callId, call]));
  for (const call of calls) byId.set(call.callId, call);
  for (const callId of ended) byId.delete(callId);
  const all = [...byId.values()].sort((one, other) => one.requestedAtMs - other.requestedAtMs);
  return { cursor, atMs, calls: all };
}
