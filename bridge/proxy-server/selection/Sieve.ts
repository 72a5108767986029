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
  ): readonly IndexedGateway[] {
    const kept: IndexedGateway[] = [];
    const dropped: SelectionStep['dropped'][number][] = [];
    let more = 0;
    for (const gateway of gateways) {
      const why = whyNot(gateway);
      if (why === null) kept.push(gateway);
      else if (dropped.length >= namedAtMost) more += 1;
      else dropped.push({ gatewayId: gateway.id, why: typeof why === 'string' ? why : why() });
    }
    this.steps.push(toStep(step, { dropped, more, note: undefined }));
    return kept;
  }

  /** As `keep`, where it is known how many leave. */
  drop(...dropping: Parameters<typeof stepWithout>): void {
    this.steps.push(stepWithout(...dropping));
  }

  /** A step that was made before. */
  tell(step: SelectionStep): void {
    this.steps.push(step);
  }

  note(step: SelectionStep['step'], note: string, dropped: SelectionStep['dropped'] = []): void {
    this.steps.push({ step, dropped, note });
  }
}

/** A step that drops so many of those, of whom no more are looked at than it will name. */
export function stepWithout(
  step: SelectionStep['step'],
  { of, leaving }: { readonly of: readonly IndexedGateway[]; readonly leaving: number },
  whyNot: (gateway: IndexedGateway) => string | null,
  said: { readonly note?: string; readonly dropped?: SelectionStep['dropped'] } = {},
): SelectionStep {
  const before = said.dropped ?? [];
  const dropped = [...before];
  for (const gateway of of) {
    if (dropped.length >= namedAtMost || dropped.length - before.length >= leaving) break;
    const why = whyNot(gateway);
    if (why !== null) dropped.push({ gatewayId: gateway.id, why });
  }
  return toStep(step, { dropped, more: leaving - (dropped.length - before.length), note: said.note });
}

function toStep(
  step: SelectionStep['step'],
  { dropped, more, note }: { dropped: SelectionStep['dropped']; more: number; note: string | undefined },
): SelectionStep {
  if (more === 0) return note === undefined ? { step, dropped } : { step, dropped, note };
  return { step, dropped, note: note === undefined ? `and ${more} more` : `${note}; and ${more} more` };
}

/** The first of them in words, and how many more there are. */
export function listed<T>(items: readonly T[], describe: (item: T) => string): string {
  const more = items.length - namedAtMost;
  const named = items.slice(0, namedAtMost).map(describe).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}
