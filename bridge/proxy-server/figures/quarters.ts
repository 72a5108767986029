import type { GatewayFigures, GatewayStatusView } from '../../../shared/admin/index.ts';
import type { GatewayId } from '../../../shared/domain/index.ts';
import { addSums, type FigureSums, noSums, toFigures } from './FigureSums.ts';

export const quarterMs = 15 * 60_000;
/** How many are kept: a day. */
const keptQuarters = 96;
/** How many make the last hour; the present one has only begun. */
const hourQuarters = 4;

/** A quarter of an hour of one gateway. */
export interface Quarter {
  /** In milliseconds since the epoch. */
  readonly fromMs: number;
  readonly sums: FigureSums;
  readonly wasDown: boolean;
}

/** What calls through a gateway were like during the last day; shared by all call servers. */
export interface QuartersOfGateway {
  readonly id: GatewayId;
  /** Oldest first; those in which nothing happened are absent. */
  readonly quarters: readonly Quarter[];
}

export function quarterAt(atMs: number): number {
  return Math.floor(atMs / quarterMs) * quarterMs;
}

/** With these added; those older than a day go. */
export function addQuarters(
  present: QuartersOfGateway | undefined,
  id: GatewayId,
  { added, nowMs }: { readonly added: readonly Quarter[]; readonly nowMs: number },
): QuartersOfGateway {
  const byStart = new Map(present?.quarters.map((quarter) => [quarter.fromMs, quarter]));
  for (const { fromMs, sums, wasDown } of added) {
    const known = byStart.get(fromMs);
    byStart.set(fromMs, {
      fromMs,
      sums: addSums(known?.sums ?? noSums, sums),
      wasDown: wasDown || known?.wasDown === true,
    });
  }
  const oldestMs = quarterAt(nowMs) - (keptQuarters - 1) * quarterMs;
  const quarters = [...byStart.values()]
    .filter(({ fromMs }) => fromMs >= oldestMs)
    .toSorted((a, b) => a.fromMs - b.fromMs);
  return { id, quarters };
}

/** The present quarter of an hour and the three before it. */
export function lastHourOf(present: QuartersOfGateway | undefined, nowMs: number): GatewayFigures {
  const fromMs = quarterAt(nowMs) - (hourQuarters - 1) * quarterMs;
  const recent = present?.quarters.filter((quarter) => quarter.fromMs >= fromMs) ?? [];
  return toFigures(recent.reduce((sums, quarter) => addSums(sums, quarter.sums), noSums));
}

/** The last day without gaps, oldest first. `downSinceMs`: it is down, since then; null: it isn't. */
export function historyOf(
  present: QuartersOfGateway | undefined,
  { nowMs, downSinceMs }: { readonly nowMs: number; readonly downSinceMs: number | null },
): GatewayStatusView['history'] {
  const byStart = new Map(present?.quarters.map((quarter) => [quarter.fromMs, quarter]));
  const lastMs = quarterAt(nowMs);
  return Array.from({ length: keptQuarters }, (_, index) => {
    const fromMs = lastMs - (keptQuarters - 1 - index) * quarterMs;
    const toMs = fromMs + quarterMs;
    const quarter = byStart.get(fromMs);
    const isDown = downSinceMs !== null && toMs > downSinceMs;
    return { ...toFigures(quarter?.sums ?? noSums), fromMs, toMs, wasDown: isDown || quarter?.wasDown === true };
  });
}
