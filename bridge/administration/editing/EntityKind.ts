import type { AuditedKind } from '../../../shared/admin/index.ts';
import type { BrandId } from '../../../shared/domain/index.ts';
import type { SettingProblem } from '../../../shared/errors/index.ts';
import type { Entity } from '../../storage/index.ts';
import type { Actor } from './Actor.ts';
import type { Page, SortKey } from './Page.ts';

export interface KeptEntity extends Entity {
  readonly revision: number;
  /** Milliseconds since the epoch. */
  readonly updatedAtMs: number;
}

/** What every kept entity gets at each change. */
export interface Stamp<Kept extends KeptEntity> {
  readonly id: Kept['id'];
  readonly revision: number;
  readonly updatedAtMs: number;
}

/** Where entities of a kind are kept. `write` is what the entity was made from, for who makes it by themselves. */
export interface EntityStore<Kept extends KeptEntity, Write> {
  get(id: string): Promise<Kept | undefined>;
  list(): Promise<readonly Kept[]>;
  /** For who finds a page without `list`: by the text and the brand of the query. */
  page?(query: ListQuery): Promise<Page<Kept>>;
  /** Resolves with what is kept. @throws DialbridgeError `nameTaken` */
  add(after: Kept, write: Write): Promise<Kept>;
  /** As `add`. @throws DialbridgeError `conflict` where `before` is not what is there (any more) */
  replace(before: Kept, after: Kept, write: Write): Promise<Kept>;
  /** @throws DialbridgeError `conflict` as `replace` */
  remove(before: Kept): Promise<void>;
}

export interface ListQuery {
  /** Only what has this text in it; case does not matter. */
  readonly q?: string | undefined;
  readonly brandId?: BrandId | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Something is made (`before` is null), changed, or deleted (`after` is null). */
export interface EntityChange<Kept> {
  readonly before: Kept | null;
  readonly after: Kept | null;
}

/** How one kind of thing is edited: what differs from the others. `EntityEditor` does what they have in common. */
export interface EntityKind<Kept extends KeptEntity, Write, View> {
  readonly kind: AuditedKind;
  readonly store: EntityStore<Kept, Write>;

  /** Whose it is: the manager of that brand edits it and sees its history. null: operators'. */
  brandOf(entity: Kept): BrandId | null;
  /** What an actor who is bound to a brand may read. Absent: their own. */
  canRead?(actor: Actor, entity: Kept): boolean;
  /** Asked for what is there and for what shall be. Absent: their own. Who only reads is refused before. */
  canEdit?(actor: Actor, entity: Kept): boolean;
  /** For `?brandId=`. Absent: by `brandOf`. */
  isOfBrand?(entity: Kept, brandId: BrandId): boolean;

  sortKeyOf(entity: Kept): SortKey;
  /** What `?q=` is looked for in. */
  textsOf(entity: Kept): readonly string[];

  newId(write: Write): Kept['id'];
  /** `present` is null for a new one. */
  make(write: Write, stamp: Stamp<Kept>, present: Kept | null): Kept | Promise<Kept>;
  /** What its schema can't know: names of others that there are not, and bounds of the actor. */
  findProblems(
    after: Kept,
    change: { readonly actor: Actor; readonly before: Kept | null },
  ): Promise<readonly SettingProblem[]>;
  /** @throws DialbridgeError where the change can't be: `nameTaken`, `inUse`, `lastOperator` */
  demandPossible?(change: EntityChange<Kept>): Promise<void>;

  toView(entity: Kept): View;
  /** For the audit log: without secrets. Absent: as viewed. */
  toAudit?(entity: Kept, before: Kept | null): unknown;

  /** After the change was kept, before the editor is told. */
  onChanged?(change: EntityChange<Kept>): Promise<void> | void;
}
