import type { CallMos, QualityProblem } from '../../../shared/protocol/index.ts';

/** A problem begins at or above one value and ends below another, so that it doesn't come and go at every report. */
export interface Threshold {
  readonly begins: number;
  readonly ends: number;
}

/**
 * When the network is a problem.
 *
 * - Loss in percent, with what had to be sent again: by G.107 with G.113's figures 4 % cost half a point (R 93 to 80, "some users
 *   dissatisfied" below); Opus and NACK hide more, but what they hide is the warning that comes before it is heard. Below 2 % nobody
 *   notices it.
 * - Jitter: a playout buffer is about twice as long; from 30 ms on (60 ms of buffer) it is half of what G.114 leaves for the whole way.
 * - Delay there and back: G.114 wants 150 ms one way, so 300 ms; people begin to talk at the same time above it.
 * - Loss at the gateway: nothing hides it there, so it counts from 3 % on.
 */
export const networkThresholds = {
  networkLoss: { begins: 4, ends: 2 },
  networkJitter: { begins: 30, ends: 20 },
  networkDelay: { begins: 300, ends: 250 },
  gatewayLoss: { begins: 3, ends: 1.5 },
} as const satisfies Partial<Record<QualityProblem, Threshold>>;

/**
 * What counts as silence, of full scale.
 *
 * - Microphone: less than one step of a 16-bit sample. Even a quiet room has more; a microphone that is switched off has none.
 * - Other party: G.711's smallest step (A-law decodes silence to 8 of 32768). A telephone line's noise is above it.
 */
export const silenceLevels = { microphone: 0.00003, other: 0.0003 } as const;

/** Network problems end after so many good reports in a row (5 s each). */
export const goodReportsToEnd = 2;

/** Whoever was heard before may just not be talking on a line without noise: so many silent reports are worth a line in the record. */
export const silentReportsOnceSpoken = 3;

/** Strength of the worst direction: G.107 annex B's "satisfied", "some dissatisfied", "many dissatisfied". */
const strengths = [
  { strength: 4, fromMos: 4.03 },
  { strength: 3, fromMos: 3.6 },
  { strength: 2, fromMos: 3.1 },
] as const;

/** The most important first. */
export const problemOrder: readonly QualityProblem[] = [
  'notHeard',
  'otherNotHeard',
  'microphoneSilent',
  'networkLoss',
  'networkDelay',
  'networkJitter',
  'gatewayLoss',
  'otherSilent',
];

/** A bar comes back only when it is that much better than what it went for. */
const comeBackMos = 0.1;

/** Bars from 0 (nothing gets through in one direction) to 4, as many as there were `before` in doubt; 4 where nothing is known yet. */
export function strengthOf(mos: CallMos, problems: readonly QualityProblem[], before = 4): number {
  if (problems.includes('notHeard') || problems.includes('otherNotHeard')) return 0;
  const scores = Object.values(mos).filter((score) => score !== null);
  const worst = scores.length === 0 ? 4.5 : Math.min(...scores);
  return (
    strengths.find(({ strength, fromMos }) => worst >= (strength > before ? fromMos + comeBackMos : fromMos))
      ?.strength ?? 1
  );
}
