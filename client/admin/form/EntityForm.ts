import type { EntityKind, EntityOf } from '../api/index.ts';

export interface EntityFormOptions<Kind extends EntityKind, Fields> {
  readonly kind: Kind;
  /** Null for a new one. */
  readonly entity: EntityOf<Kind> | null;
  /**
   * What the form holds, by the path of the setting that it belongs to (`'limits.callsAtOnce'`): problems that the schema or
   * the bridge find at a path are shown at that field.
   */
  readonly fieldsOf: (entity: EntityOf<Kind> | null) => Fields;
  /** The draft as the API takes it; checked by the kind's own schema. */
  readonly draftOf: (fields: Fields) => unknown;
  readonly onSaved: (entity: EntityOf<Kind>) => void;
  /** In place of `POST`, where that answers with more than the entity. */
  readonly create?: (draft: unknown) => Promise<EntityOf<Kind>>;
  /** Where nothing may be changed, for another reason than the person's role. */
  readonly isReadOnly?: boolean;
}

/** What a field gets: `<TextField label="Name" {...form.bind('name')} />`. */
export interface BoundField<Value> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly onBlur: () => void;
  readonly error: string | undefined;
  readonly isReadOnly: boolean;
  /** What somebody else wrote here meanwhile. Absent otherwise, so that the field's own hint stays. */
  readonly hint?: string;
}

export interface EntityForm<Fields> {
  readonly fields: Fields;
  readonly change: (fields: Partial<Fields>) => void;
  readonly bind: <Key extends keyof Fields & string>(key: Key) => BoundField<Fields[Key]>;
  readonly isNew: boolean;
  readonly isReadOnly: boolean;
  /** Something would be lost by closing. */
  readonly isDirty: boolean;
  readonly isBusy: boolean;
  /** Why it was not saved, where no field is to blame. */
  readonly failure: string | null;
  /** `met`: somebody else was quicker, nothing is saved; `merged`: what they saved is here, under the person's own changes. */
  readonly conflict: 'none' | 'met' | 'merged';
  /** After `met`: gets what is there now and keeps what the person wrote. */
  readonly takeNewest: () => void;
  readonly save: () => void;
}
