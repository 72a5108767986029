import type { LegQuality, QualityPoint } from '../../../../shared/admin/index.ts';
import type { TimePoint } from '../../../ui/workbench/index.ts';

export type Leg = Exclude<keyof QualityPoint, 'atMs'>;
export type Measure = keyof LegQuality;

/** A point stands for the time to the next one, and for so long at most: after that nobody measured. */
const longestGapMs = 90_000;
/** As close as points are at first. */
const shortestSlotMs = 5000;
/** More are too narrow to be told apart. */
const mostSlots = 180;

/** One measure of one leg in equal steps of time, by the worst in each: points of long calls are further apart than at first. */
export function evenSlots(points: readonly QualityPoint[], leg: Leg, measure: Measure): readonly TimePoint[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const endMs = last.atMs + shortestSlotMs;
  const slotMs = Math.max(shortestSlotMs, (endMs - first.atMs) / mostSlots);
  const count = Math.max(1, Math.ceil((endMs - first.atMs) / slotMs));
  let next = 0;
  let before: QualityPoint | null = null;
  return Array.from({ length: count }, (_, index) => {
    const fromMs = first.atMs + index * slotMs;
    const toMs = fromMs + slotMs;
    const values: number[] = [];
    for (let point = points[next]; point !== undefined && point.atMs < toMs; point = points[next]) {
      const value = point[leg][measure];
      if (value !== null) values.push(value);
      before = point;
      next += 1;
    }
    const isHeld =
      values.length === 0 && before !== null && before.atMs < fromMs && fromMs - before.atMs < longestGapMs;
    const held = isHeld && before !== null ? before[leg][measure] : null;
    return { fromMs, toMs, value: values.length === 0 ? held : worst(measure, values) };
  });
}

function worst(measure: Measure, values: readonly number[]): number {
  return measure === 'mos' ? Math.min(...values) : Math.max(...values);
}
