import { isDeepStrictEqual } from 'node:util';
import { invalidSetting, type SettingProblem } from '../../../shared/errors/index.ts';
import type { Collection } from '../../storage/index.ts';
import { type Actor, demandOperator } from './Actor.ts';
import { auditImport } from './auditImport.ts';
import { changeAll } from './changeAll.ts';
import type { EditorDeps } from './EntityEditor.ts';
import type { EntityKind, KeptEntity } from './EntityKind.ts';

export interface SheetImportDeps<Kept extends KeptEntity, Write> extends EditorDeps {
  readonly kind: EntityKind<Kept, Write, unknown>;
  readonly collection: Pick<Collection<Kept>, 'list' | 'updateAll'>;
}

export interface SheetImportOptions {
  /** What the rows are called in the request, for naming what is wrong: `rates`. */
  readonly itemsKey: string;
  /** How many are written into one entry of the audit log. */
  readonly perEntry: number;
}

export interface Sheet<Write> {
  /** `merge`: others stay. `replace`: the sheet is all there is. */
  readonly mode: 'merge' | 'replace';
  readonly items: readonly Write[];
}

/** How many were changed in which way. */
export interface ImportResult {
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
}

/** Takes over a whole sheet of one kind of entity, all of it or nothing. What says the same as before stays as it is. */
export class SheetImport<Kept extends KeptEntity, Write> {
  readonly #deps: SheetImportDeps<Kept, Write>;
  readonly #options: SheetImportOptions;

  constructor(deps: SheetImportDeps<Kept, Write>, options: SheetImportOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** @throws DialbridgeError `forbidden`, `invalidSetting` for rows that can't be, `inUse`, `conflict` */
  async import(actor: Actor, sheet: Sheet<Write>): Promise<ImportResult> {
    demandOperator(actor);
    const { queue, collection, kind, trail } = this.#deps;
    return queue.run(async () => {
      const present = await collection.list();
      const { put, deleted, result } = await this.#compare(actor, present, sheet);
      const entries = auditImport(kind, { mode: sheet.mode, present, put, deleted, result, ...this.#options });
      await trail.around(actor, entries, () => changeAll(collection, { present, put, deleted }));
      // Whoever keeps them in memory reads them all again.
      await kind.onChanged?.({ before: null, after: null });
      return result;
    });
  }

  async #compare(actor: Actor, present: readonly Kept[], { mode, items }: Sheet<Write>) {
    const { kind } = this.#deps;
    const known = new Map(present.map((entity) => [entity.id, entity]));
    const sent = new Set<string>();
    const put: Kept[] = [];
    const problems: SettingProblem[] = [];
    for (const [index, write] of items.entries()) {
      const id = kind.newId(write);
      if (sent.has(id))
        problems.push(this.#at(index, { key: 'id', expected: `expected each once, and ${id} is there twice` }));
      sent.add(id);
      const before = known.get(id) ?? null;
      const after = await this.#make(write, id, before);
      if (after === before) continue;
      const found = await kind.findProblems(after, { actor, before });
      problems.push(...found.map((problem) => this.#at(index, problem)));
      put.push(after);
    }
    const [first, ...more] = problems;
    if (first !== undefined) throw invalidSetting([first, ...more]);
    const gone = mode === 'replace' ? present.filter(({ id }) => !sent.has(id)) : [];
    for (const before of gone) await kind.demandPossible?.({ before, after: null });
    for (const after of put) await kind.demandPossible?.({ before: known.get(after.id) ?? null, after });
    const added = put.filter(({ id }) => !known.has(id)).length;
    const result = { added, changed: put.length - added, deleted: gone.length };
    return { put, deleted: gone.map(({ id }) => id), result };
  }

  /** `before` itself where the row says nothing new. */
  async #make(write: Write, id: Kept['id'], before: Kept | null): Promise<Kept> {
    const { kind, clock } = this.#deps;
    const updatedAtMs = clock.now();
    if (before === null) return kind.make(write, { id, revision: 1, updatedAtMs }, null);
    const { revision } = before;
    const same = await kind.make(write, { id, revision, updatedAtMs: before.updatedAtMs }, before);
    if (isDeepStrictEqual(same, before)) return before;
    return { ...same, revision: revision + 1, updatedAtMs };
  }

  #at(index: number, { key, expected }: SettingProblem): SettingProblem {
    return { key: `${this.#options.itemsKey}.${index}.${key}`, expected };
  }
}
