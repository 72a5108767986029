import type { UsageDay } from '../ports/UsageStore.ts';

/** From (inclusive) to (exclusive), in milliseconds since the epoch. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const dayMs = 86_400_000;
/** The days of every time zone since 1972 begin at a quarter of an hour of UTC. */
const quarterMs = 900_000;

/** The day of this calendar that holds the moment. */
export function dayAt(day: UsageDay, atMs: number): Span {
  if (atMs < day.fromMs) {
    const toMs = day.fromMs - Math.floor((day.fromMs - 1 - atMs) / dayMs) * dayMs;
    return { fromMs: toMs - dayMs, toMs };
  }
  if (atMs < day.toMs) return day;
  let fromMs = day.toMs;
  for (const toMs of day.laterEndsMs ?? []) {
    if (atMs < toMs) return { fromMs, toMs };
    fromMs = toMs;
  }
  fromMs += Math.floor((atMs - fromMs) / dayMs) * dayMs;
  return { fromMs, toMs: fromMs + dayMs };
}

/** Cuts a span where quarters of an hour and days of this calendar begin; each piece with the begin of the slice to which it belongs. */
export function* piecesOf(span: Span, day: UsageDay): Generator<Span & { readonly sliceFromMs: number }> {
  for (let fromMs = span.fromMs; fromMs < span.toMs; ) {
    const quarter = Math.floor(fromMs / quarterMs) * quarterMs;
    const within = dayAt(day, fromMs);
    const toMs = Math.min(span.toMs, within.toMs, quarter + quarterMs);
    yield { fromMs, toMs, sliceFromMs: Math.max(quarter, within.fromMs) };
    fromMs = toMs;
  }
}
