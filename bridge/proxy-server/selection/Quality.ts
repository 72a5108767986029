import type { GatewayFigures } from '../../../shared/admin/index.ts';

/** Fewer calls than this say nothing yet. */
const enoughCalls = 10;
/** A post-dial delay of so many milliseconds or more is worth nothing. */
const worstDelayMs = 10_000;
/** Mean opinion scores run from 1 to 4.5 (ITU-T G.107). */
const [worstMos, bestMos] = [1, 4.5];
/** Scores are compared in steps: what is nearly equal is decided by priority. */
const step = 0.05;

/**
 * How good a gateway is by its recent calls, 0 to 1 in steps of 0.05; null: fewer than 10 of them, so nobody knows.
 *
 *     score = 0.5 · answered ÷ tried + 0.2 · (1 − post-dial delay ÷ 10 s) + 0.3 · (MOS − 1) ÷ 3.5
 *
 * each part between 0 and 1. A part that is not known (no call rang, no audio was measured) is left out, and the others weigh more.
 */
export function qualityOf({ tried, answerRate, postDialDelayMs, mos }: GatewayFigures): number | null {
  if (tried < enoughCalls) return null;
  const parts: readonly (readonly [weight: number, value: number | null])[] = [
    [0.5, answerRate],
    [0.2, postDialDelayMs === null ? null : 1 - postDialDelayMs / worstDelayMs],
    [0.3, mos === null ? null : (mos - worstMos) / (bestMos - worstMos)],
  ];
  let [sum, weights] = [0, 0];
  for (const [weight, value] of parts) {
    if (value === null) continue;
    sum += weight * Math.min(1, Math.max(0, value));
    weights += weight;
  }
  // Rounded twice, since a multiple of 0.05 has no exact double.
  return weights === 0 ? null : Number((Math.round(sum / weights / step) * step).toFixed(2));
}
