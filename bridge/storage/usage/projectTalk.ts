import type { Span } from './usageDay.ts';

export interface TalkProjection {
  /** From when on the talking time of each call is not in `bookedMs`, in the order of admission. */
  readonly fromMs: readonly number[];
  readonly allowedMs: number;
  /** What the day has used besides. */
  readonly bookedMs: (day: Span) => number;
  /** Days one after another, the first with the first of `fromMs` in it. */
  readonly days: readonly Span[];
}

/**
 * When each call has no talking time left: calls that talk at once use up what is left together, so it goes n times as fast.
 * Milliseconds that can't be shared evenly go to the calls that were admitted first: the sum is exactly what is allowed.
 * Null: not within these days.
 */
export function projectTalk({ fromMs, allowedMs, bookedMs, days }: TalkProjection): (number | null)[] {
  const ends: (number | null)[] = fromMs.map(() => null);
  let going = fromMs.map((start, index) => ({ index, start }));
  for (const day of days) {
    const leftMs = allowedMs - bookedMs(day);
    const wantedMs = going.reduce((sum, { start }) => sum + Math.max(0, day.toMs - Math.max(start, day.fromMs)), 0);
    // What is wanted is wanted until midnight, when it no longer matters that all is used up.
    if (wantedMs <= leftMs) continue;
    const today = going.filter(({ start }) => start < day.toMs);
    const starts = today.map(({ start }) => Math.max(start, day.fromMs));
    for (const [place, endMs] of endsWithin(day, starts, leftMs)) {
      const index = today[place]?.index;
      if (index !== undefined) ends[index] = endMs;
    }
    going = going.filter(({ index }) => ends[index] === null);
    if (going.length === 0) break;
  }
  return ends;
}

/** Ends of those calls that the day's rest stops before the day is over, by their place. */
function endsWithin(day: Span, starts: readonly number[], leftMs: number): Map<number, number> {
  const usedUp = usedUpAt(day, starts, leftMs);
  if (usedUp === null) return new Map();
  const { atMs, millisecondsToShare } = usedUp;
  const ends = new Map<number, number>();
  let shared = 0;
  for (const [place, start] of starts.entries()) {
    const isSharing = start <= atMs && shared < millisecondsToShare;
    if (isSharing) shared += 1;
    const endMs = Math.max(start, isSharing ? atMs + 1 : atMs);
    if (endMs < day.toMs) ends.set(place, endMs);
  }
  return ends;
}

function usedUpAt(day: Span, starts: readonly number[], leftMs: number) {
  if (leftMs <= 0) return { atMs: Number.NEGATIVE_INFINITY, millisecondsToShare: 0 };
  const ascending = [...starts].sort((one, other) => one - other);
  let left = leftMs;
  for (const [place, start] of ascending.entries()) {
    const calls = place + 1;
    const nextMs = ascending[calls] ?? day.toMs;
    const used = calls * (nextMs - start);
    // Used up at midnight sharp is not used up: there is a new day.
    if (used > left || (used === left && nextMs < day.toMs)) {
      return { atMs: start + Math.floor(left / calls), millisecondsToShare: left % calls };
    }
    left -= used;
  }
  return null;
}
