import type { AuditAction } from '../../../shared/admin/index.ts';
import type { BrandId } from '../../../shared/domain/index.ts';
import { DialbridgeError, invalidSetting, type SettingProblem } from '../../../shared/errors/index.ts';
import type { Clock } from '../../observability/index.ts';
import { type Actor, demandEditor, isOwn } from './Actor.ts';
import type { AuditTrail } from './AuditTrail.ts';
import type { ChangeQueue } from './ChangeQueue.ts';
import type { EntityChange, EntityKind, KeptEntity, ListQuery } from './EntityKind.ts';
import { type Page, pageOf } from './Page.ts';

export interface EditorDeps {
  readonly trail: AuditTrail;
  readonly queue: ChangeQueue;
  readonly clock: Pick<Clock, 'now'>;
}

/** The revision that a change was based on; `*`: whichever is there (RFC 9110 section 13.1.1). */
export type BaseRevision = number | '*';

/** What can be done with what is there. */
export interface Editor<View, Write> {
  list(actor: Actor, query: ListQuery): Promise<Page<View>>;
  get(actor: Actor, id: string): Promise<View>;
  update(actor: Actor, id: string, base: BaseRevision, write: Write): Promise<View>;
  delete(actor: Actor, id: string, base: BaseRevision): Promise<void>;
}

/**
 * Looks up and edits the entities of one kind: who may, revisions, checks, the audit log. A change is kept whole or not at
 * all, and whoever needs to know has been told when it resolves.
 */
export class EntityEditor<Kept extends KeptEntity, Write, View> implements Editor<View, Write> {
  readonly #deps: EditorDeps;
  readonly #kind: EntityKind<Kept, Write, View>;

  constructor(deps: EditorDeps, kind: EntityKind<Kept, Write, View>) {
    this.#deps = deps;
    this.#kind = kind;
  }

  /** @throws DialbridgeError `forbidden` for another brand's; `invalidSetting` for a cursor that no page gave */
  async list(actor: Actor, query: ListQuery): Promise<Page<View>> {
    const kind = this.#kind;
    const { store } = kind;
    if (query.brandId !== undefined && !isOwn(actor, query.brandId)) throw new DialbridgeError('forbidden');
    const { items, nextCursor } = store.page
      ? await store.page({ ...query, brandId: query.brandId ?? actor.brandId ?? undefined })
      : this.#findPage(actor, await store.list(), query);
    return { items: items.map((entity) => kind.toView(entity)), nextCursor };
  }

  /** @throws DialbridgeError `notFound`, `forbidden` */
  async get(actor: Actor, id: string): Promise<View> {
    return this.#kind.toView(await this.#find(actor, id));
  }

  /** What is kept, for whoever may change it. @throws DialbridgeError `notFound`, `forbidden` */
  async findEditable(actor: Actor, id: string): Promise<Kept> {
    const entity = await this.#find(actor, id);
    demandEditor(actor);
    this.#demandEdit(actor, entity);
    return entity;
  }

  /** @throws DialbridgeError `forbidden`, `invalidSetting`, `nameTaken` */
  async create(actor: Actor, write: Write): Promise<View> {
    demandEditor(actor);
    return this.#deps.queue.run(async () => {
      const kind = this.#kind;
      const stamp = { id: kind.newId(write), revision: 1, updatedAtMs: this.#deps.clock.now() };
      const after = await kind.make(write, stamp, null);
      this.#demandEdit(actor, after);
      await this.#demandGood(actor, null, after);
      if ((await kind.store.get(after.id)) !== undefined) {
        throw new DialbridgeError('nameTaken', { details: { name: after.id } });
      }
      return this.#keep(actor, 'create', { before: null, after }, () => kind.store.add(after, write));
    });
  }

  /** @throws DialbridgeError `notFound`, `forbidden`, `conflict`, `invalidSetting`, `nameTaken`, `lastOperator` */
  async update(actor: Actor, id: string, base: BaseRevision, write: Write): Promise<View> {
    demandEditor(actor);
    return this.#deps.queue.run(async () => {
      const kind = this.#kind;
      const before = await this.#findToEdit(actor, id, base);
      const stamp = { id: before.id, revision: before.revision + 1, updatedAtMs: this.#deps.clock.now() };
      const after = await kind.make(write, stamp, before);
      this.#demandEdit(actor, after);
      await this.#demandGood(actor, before, after);
      return this.#keep(actor, 'update', { before, after }, () => kind.store.replace(before, after, write));
    });
  }

  /** @throws DialbridgeError `notFound`, `forbidden`, `conflict`, `inUse`, `lastOperator` */
  async delete(actor: Actor, id: string, base: BaseRevision): Promise<void> {
    demandEditor(actor);
    return this.#deps.queue.run(async () => {
      const before = await this.#findToEdit(actor, id, base);
      await this.#kind.demandPossible?.({ before, after: null });
      const change = { before, after: null };
      await this.#trail(actor, 'delete', change, () => this.#kind.store.remove(before));
      await this.#kind.onChanged?.(change);
    });
  }

  #findPage(actor: Actor, all: readonly Kept[], { q, brandId, ...page }: ListQuery): Page<Kept> {
    const kind = this.#kind;
    const wanted = q?.toLowerCase();
    const found = all.filter(
      (entity) =>
        this.#canRead(actor, entity) &&
        (brandId === undefined || (kind.isOfBrand?.(entity, brandId) ?? kind.brandOf(entity) === brandId)) &&
        (wanted === undefined || kind.textsOf(entity).some((text) => text.toLowerCase().includes(wanted))),
    );
    return pageOf(found, (entity) => kind.sortKeyOf(entity), page);
  }

  async #find(actor: Actor, id: string): Promise<Kept> {
    const entity = await this.#kind.store.get(id);
    if (entity === undefined) throw new DialbridgeError('notFound');
    if (!this.#canRead(actor, entity)) throw new DialbridgeError('forbidden');
    return entity;
  }

  async #findToEdit(actor: Actor, id: string, base: BaseRevision): Promise<Kept> {
    const entity = await this.findEditable(actor, id);
    if (base !== '*' && base !== entity.revision) throw new DialbridgeError('conflict');
    return entity;
  }

  #canRead(actor: Actor, entity: Kept): boolean {
    const { canRead } = this.#kind;
    return actor.brandId === null || (canRead ? canRead(actor, entity) : isOwn(actor, this.#kind.brandOf(entity)));
  }

  #demandEdit(actor: Actor, entity: Kept): void {
    const { canEdit } = this.#kind;
    const mayEdit = canEdit ? canEdit(actor, entity) : isOwn(actor, this.#kind.brandOf(entity));
    if (actor.role !== 'operator' && !mayEdit) throw new DialbridgeError('forbidden');
  }

  async #demandGood(actor: Actor, before: Kept | null, after: Kept): Promise<void> {
    const problems = await this.#kind.findProblems(after, { actor, before });
    if (hasSome(problems)) throw invalidSetting(problems);
    await this.#kind.demandPossible?.({ before, after });
  }

  async #keep(
    actor: Actor,
    action: AuditAction,
    change: EntityChange<Kept>,
    write: () => Promise<Kept>,
  ): Promise<View> {
    const kept = await this.#trail(actor, action, change, write);
    await this.#kind.onChanged?.({ before: change.before, after: kept });
    return this.#kind.toView(kept);
  }

  #trail<Result>(
    actor: Actor,
    action: AuditAction,
    change: EntityChange<Kept>,
    write: () => Promise<Result>,
  ): Promise<Result> {
    const { before, after } = change;
    const entry = {
      action,
      kind: this.#kind.kind,
      entityId: (after ?? before)?.id ?? null,
      brandId: this.#brandOfChange(change),
      before: before && this.#toAudit(before, null),
      after: after && this.#toAudit(after, before),
    };
    return this.#deps.trail.around(actor, entry, write);
  }

  #toAudit(entity: Kept, before: Kept | null): unknown {
    return this.#kind.toAudit ? this.#kind.toAudit(entity, before) : this.#kind.toView(entity);
  }

  /** What went from one brand to another is neither manager's to read. */
  #brandOfChange({ before, after }: EntityChange<Kept>): BrandId | null {
    const brands = new Set([before, after].filter((entity) => entity !== null).map((one) => this.#kind.brandOf(one)));
    const [only] = brands;
    return brands.size === 1 && only !== undefined ? only : null;
  }
}

function hasSome(problems: readonly SettingProblem[]): problems is readonly [SettingProblem, ...SettingProblem[]] {
  return problems.length > 0;
}
