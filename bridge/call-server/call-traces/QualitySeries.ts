import type { LegQuality, QualityPoint } from '../../../shared/admin/index.ts';

/** So many points, and how many measurements (of about five seconds) make one of them. Ten minutes, half an hour, eight hours. */
const stages = [
  { points: 120, each: 1 },
  { points: 120, each: 3 },
  { points: 480, each: 12 },
] as const;

export const mostPoints = stages.reduce((sum, { points }) => sum + points, 0);

const legs = ['fromBrowser', 'toBrowser', 'fromGateway', 'toGateway'] as const;

/** How the audio of one call was, within bounds: the longer it goes on, the more measurements a point stands for, by the worst of them. */
export class QualitySeries {
  #count = 0;
  #begun: QualityPoint | null = null;
  #inBegun = 0;
  #unwritten: QualityPoint[] = [];

  add(point: QualityPoint): void {
    const each = this.#each;
    if (each === null) return;
    this.#begun = this.#begun === null ? point : worseOf(this.#begun, point);
    this.#inBegun += 1;
    if (this.#inBegun >= each) this.#finishPoint();
  }

  /** Points that are finished, and not taken yet. */
  take(): readonly QualityPoint[] {
    const taken = this.#unwritten;
    this.#unwritten = [];
    return taken;
  }

  /** With the one that was begun. */
  takeRest(): readonly QualityPoint[] {
    this.#finishPoint();
    return this.take();
  }

  /** Measurements that make the next point; null: there are enough. */
  get #each(): number | null {
    let end = 0;
    for (const { points, each } of stages) {
      end += points;
      if (this.#count < end) return each;
    }
    return null;
  }

  #finishPoint(): void {
    if (this.#begun === null) return;
    this.#unwritten.push(this.#begun);
    this.#count += 1;
    this.#begun = null;
    this.#inBegun = 0;
  }
}

/** At the time of the first, which is where it begins. */
function worseOf(one: QualityPoint, other: QualityPoint): QualityPoint {
  const [fromBrowser, toBrowser, fromGateway, toGateway] = legs.map((leg) => worseLeg(one[leg], other[leg]));
  if (!fromBrowser || !toBrowser || !fromGateway || !toGateway) return one;
  return { atMs: one.atMs, fromBrowser, toBrowser, fromGateway, toGateway };
}

function worseLeg(one: LegQuality, other: LegQuality): LegQuality {
  return {
    mos: pick(Math.min, one.mos, other.mos),
    lossPercent: pick(Math.max, one.lossPercent, other.lossPercent),
    jitterMs: pick(Math.max, one.jitterMs, other.jitterMs),
    roundTripMs: pick(Math.max, one.roundTripMs, other.roundTripMs),
  };
}

function pick(worse: (...values: number[]) => number, one: number | null, other: number | null): number | null {
  if (one === null) return other;
  return other === null ? one : worse(one, other);
}
