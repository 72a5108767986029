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
    const notes = [said.note, more > 0 ? `and ${more} more` : undefined].filter((note) => note !== undefined);
    this.steps.push({ step, dropped, ...(notes.length > 0 && { note: notes.join('; ') }) });
    return kept;
  }

  note(step: SelectionStep['step'], note: string, dropped: SelectionStep['dropped'] = []): void {
    this.steps.push({ step, dropped, note });
  }
}

/** The first of them in words, and how many more there are. */
export function listed<T>(items: readonly T[], describe: (item: T) => string): string {
  const more = items.length - namedAtMost;
  const named = items.slice(0, namedAtMost).map(describe).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}
