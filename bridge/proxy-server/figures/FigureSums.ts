import type { GatewayFigures } from '../../../shared/admin/index.ts';

/** What is counted of the calls through a gateway. */
export interface FigureSums {
  readonly tried: number;
  readonly answered: number;
  readonly failed: number;
  /** How many rang or were answered, and how long that took together. */
  readonly rung: number;
  readonly delaysMs: number;
  /** How many were measured, and the sum of their mean opinion scores. */
  readonly measured: number;
  readonly scores: number;
}

export const noSums: FigureSums = { tried: 0, answered: 0, failed: 0, rung: 0, delaysMs: 0, measured: 0, scores: 0 };

export function addSums(a: FigureSums, b: Partial<FigureSums>): FigureSums {
  return {
    tried: a.tried + (b.tried ?? 0),
    answered: a.answered + (b.answered ?? 0),
    failed: a.failed + (b.failed ?? 0),
    rung: a.rung + (b.rung ?? 0),
    delaysMs: a.delaysMs + (b.delaysMs ?? 0),
    measured: a.measured + (b.measured ?? 0),
    scores: a.scores + (b.scores ?? 0),
  };
}

export function toFigures({ tried, answered, failed, rung, delaysMs, measured, scores }: FigureSums): GatewayFigures {
  return {
    ...{ tried, answered, failed },
    // An answer may fall into a later stretch of time than its call.
    answerRate: tried === 0 ? null : Math.min(1, answered / tried),
    postDialDelayMs: rung === 0 ? null : delaysMs / rung,
    mos: measured === 0 ? null : scores / measured,
  };
}
