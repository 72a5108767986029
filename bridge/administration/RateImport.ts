import { isDeepStrictEqual } from 'node:util';
import type { Rate, RateDraft } from '../../shared/admin/index.ts';
import { invalidSetting } from '../../shared/errors/index.ts';
import type { Collection } from '../storage/index.ts';
import { type Actor, demandOperator } from './Actor.ts';
import { auditImport } from './auditImport.ts';
import { changeAll } from './changeAll.ts';
import type { EditorDeps } from './EntityEditor.ts';

export interface RateImportDeps extends EditorDeps {
  readonly rates: Pick<Collection<Rate>, 'list' | 'updateAll'>;
  readonly onChanged: () => Promise<void>;
}

export interface RateSheet {
  /** `merge`: other rates stay. `replace`: the sheet is the whole table. */
  readonly mode: 'merge' | 'replace';
  readonly rates: readonly (RateDraft & { readonly id: Rate['id'] })[];
}

/** How many rates were changed in which way. */
export interface RateImportResult {
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
}

/** Takes over a whole rate sheet, all of it or nothing. */
export class RateImport {
  readonly #deps: RateImportDeps;

  constructor(deps: RateImportDeps) {
    this.#deps = deps;
  }

  /** @throws DialbridgeError `forbidden`, `invalidSetting` for a prefix that is there twice, `conflict` */
  async import(actor: Actor, sheet: RateSheet): Promise<RateImportResult> {
    demandOperator(actor);
    demandEachOnce(sheet);
    return this.#deps.queue.run(async () => {
      const { rates, trail, onChanged } = this.#deps;
      const present = await rates.list();
      const { put, deleted, result } = this.#compare(present, sheet);
      const entries = auditImport({ mode: sheet.mode, present, put, deleted, result });
      await trail.around(actor, entries, () => changeAll(rates, { present, put, deleted }));
      await onChanged();
      return result;
    });
  }

  #compare(present: readonly Rate[], { mode, rates }: RateSheet) {
    const updatedAtMs = this.#deps.clock.now();
    const known = new Map(present.map((rate) => [rate.id, rate]));
    const put = rates.flatMap((draft): Rate[] => {
      const before = known.get(draft.id);
      if (before === undefined) return [{ ...draft, revision: 1, updatedAtMs }];
      const after = { ...draft, revision: before.revision, updatedAtMs: before.updatedAtMs };
      return isDeepStrictEqual(after, before) ? [] : [{ ...after, revision: before.revision + 1, updatedAtMs }];
    });
    const sent = new Set(rates.map(({ id }) => id));
    const deleted = mode === 'replace' ? present.map(({ id }) => id).filter((id) => !sent.has(id)) : [];
    const added = put.filter(({ id }) => !known.has(id)).length;
    return { put, deleted, result: { added, changed: put.length - added, deleted: deleted.length } };
  }
}

function demandEachOnce({ rates }: RateSheet): void {
  const seen = new Set<string>();
  for (const [index, { id }] of rates.entries()) {
    if (seen.has(id))
      throw invalidSetting([
        { key: `rates.${index}.id`, expected: `expected each prefix once, and ${id} is there twice` },
      ]);
    seen.add(id);
  }
}
