import type { IndexedGateway } from '../gateways/GatewayIndex.ts';
import type { SelectionStep } from './SelectionRequest.ts';

/** With hundreds of gateways most are dropped for their prefix; a record names the first of them and counts the rest. */
const namedAtMost = 20;

/** Drops gateways step by step, and remembers which and why. */
export class Sieve {
  readonly steps: SelectionStep[] = [];

  /** What `whyNot` gives is the end of a sentence, made only where it is kept; null: the gateway stays. */
  keep(
    step: SelectionStep['step'],
    gateways: readonly IndexedGateway[],
    whyNot: (gateway: IndexedGateway) => string | (() => string) | null,
    said: { readonly note?: string; readonly dropped?: SelectionStep['dropped'] } = {},
  ): readonly IndexedGateway[] {
    const kept: IndexedGateway[] = [];
    const dropped = [...(said.dropped ?? [])];
    let more = 0;
    for (const gateway of gateways) {
      const why = whyNot(gateway);
      if (why === null) kept.push(gateway);
      else if (dropped.length >= namedAtMost) more += 1;
      else dropped.push({ gatewayId: gateway.entity.id, why: typeof why === 'string' ? why : why() });
    }
    this.#tell(step, { dropped, more, note: said.note });
    return kept;
  }

  /** As `keep`, where it is known who stays: of the others no more are looked at than will be named. */
  keepThese(
    step: SelectionStep['step'],
    { of, kept }: { readonly of: readonly IndexedGateway[]; readonly kept: readonly IndexedGateway[] },
    whyNot: (gateway: IndexedGateway) => string | null,
    said: { readonly note?: string; readonly dropped?: SelectionStep['dropped'] } = {},
  ): readonly IndexedGateway[] {
    const before = said.dropped ?? [];
    const dropped = [...before];
    const leaving = of.length - kept.length;
    for (const gateway of of) {
      if (dropped.length >= namedAtMost || dropped.length - before.length >= leaving) break;
      const why = whyNot(gateway);
      if (why !== null) dropped.push({ gatewayId: gateway.entity.id, why });
    }
    this.#tell(step, { dropped, more: leaving - (dropped.length - before.length), note: said.note });
    return kept;
  }

  note(step: SelectionStep['step'], note: string, dropped: SelectionStep['dropped'] = []): void {
    this.steps.push({ step, dropped, note });
  }

  #tell(
    step: SelectionStep['step'],
    { dropped, more, note }: { dropped: SelectionStep['dropped']; more: number; note: string | undefined },
  ): void {
    const notes = [note, more > 0 ? `and ${more} more` : undefined].filter((one) => one !== undefined);
    this.steps.push({ step, dropped, ...(notes.length > 0 && { note: notes.join('; ') }) });
  }
}

/** The first of them in words, and how many more there are. */
export function listed<T>(items: readonly T[], describe: (item: T) => string): string {
  const more = items.length - namedAtMost;
  const named = items.slice(0, namedAtMost).map(describe).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}
