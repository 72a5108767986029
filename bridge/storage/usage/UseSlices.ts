import type { Span } from './usageDay.ts';

export interface Use {
  readonly talkMs: number;
  readonly costMicros: number;
}

/** What was used of a meter from `fromMs` on, for a quarter of an hour at most. */
export interface Slice extends Use {
  readonly fromMs: number;
}

/** What was used of a meter, by the time at which it was: any day is a sum of a hundred slices at most. */
export class UseSlices {
  /** Ascending. */
  #slices: Slice[] = [];

  get isEmpty(): boolean {
    return this.#slices.length === 0;
  }

  /** Adds to a slice (negative amounts take back), and answers with what it holds then. */
  add({ fromMs, talkMs, costMicros }: Slice): Slice {
    let index = this.#slices.length - 1;
    while (index >= 0 && (this.#slices[index]?.fromMs ?? 0) > fromMs) index -= 1;
    const present = this.#slices[index];
    if (present?.fromMs !== fromMs) {
      const made = { fromMs, talkMs, costMicros };
      this.#slices.splice(index + 1, 0, made);
      return made;
    }
    const changed = { fromMs, talkMs: present.talkMs + talkMs, costMicros: present.costMicros + costMicros };
    this.#slices[index] = changed;
    return changed;
  }

  sum({ fromMs, toMs }: Span): Use {
    let talkMs = 0;
    let costMicros = 0;
    for (let index = this.#slices.length - 1; index >= 0; index -= 1) {
      const slice = this.#slices[index];
      if (slice === undefined || slice.fromMs < fromMs) break;
      if (slice.fromMs >= toMs) continue;
      talkMs += slice.talkMs;
      costMicros += slice.costMicros;
    }
    return { talkMs, costMicros };
  }

  forgetBefore(atMs: number): void {
    const kept = this.#slices.findIndex(({ fromMs }) => fromMs >= atMs);
    if (kept !== 0) this.#slices = kept < 0 ? [] : this.#slices.slice(kept);
  }
}
