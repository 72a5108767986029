import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { DialbridgeError, type SettingProblem } from '../../../shared/errors/index.ts';
import { describeFailure } from '../../session/index.ts';
import { type Owned, useAccess } from '../access.ts';
import { type EntityKind, type EntityOf, entityKinds, useAdminApi } from '../api/index.ts';
import { describeDraft, describeRefusal } from './describeProblems.ts';
import { fieldOf } from './fieldPaths.ts';
import { isSame, mergeFields } from './mergeFields.ts';

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

interface Refusal {
  /** By field. */
  readonly problems: Readonly<Record<string, string>>;
  readonly failure: string | null;
}

const accepted: Refusal = { problems: {}, failure: null };

/** What a person writes about one entity, until the bridge has it. */
export function useEntityForm<Kind extends EntityKind, Fields extends object>(
  options: EntityFormOptions<Kind, Fields>,
): EntityForm<Fields> {
  const { kind, fieldsOf, draftOf } = options;
  const { t } = useTranslation();
  const api = useAdminApi();
  const { canEdit } = useAccess();
  const [based, setBased] = useState(options.entity);
  const [base, setBase] = useState(() => fieldsOf(options.entity));
  const [fields, setFields] = useState(base);
  const [theirs, setTheirs] = useState<Partial<Fields>>({});
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [isSaveTried, setIsSaveTried] = useState(false);
  const [refusal, setRefusal] = useState(accepted);
  const [conflict, setConflict] = useState<EntityForm<Fields>['conflict']>('none');
  const [isBusy, setIsBusy] = useState(false);

  const names = Object.keys(fields);
  const schema: z.ZodType = entityKinds[kind][based === null ? 'create' : 'write'];
  const draft = draftOf(fields);
  const checked = schema.safeParse(draft);
  const found = placeProblems(describeDraft(checked.error?.issues ?? [], draft, t), names);

  const change = (changed: Partial<Fields>) => {
    setFields((present) => ({ ...present, ...changed }));
    setRefusal(({ problems }) => ({
      problems: Object.fromEntries(Object.entries(problems).filter(([name]) => !(name in changed))),
      failure: null,
    }));
  };

  const refuse = (error: unknown) => {
    if (error instanceof DialbridgeError && error.code === 'conflict' && based !== null) return setConflict('met');
    const isSetting = error instanceof DialbridgeError && error.code === 'invalidSetting';
    const placed = isSetting ? placeProblems(describeRefusal(error.details, t), names) : accepted;
    const isPlaced = Object.keys(placed.problems).length > 0 || placed.failure !== null;
    setRefusal(isPlaced ? placed : { problems: {}, failure: describeFailure(error, t) });
  };

  const save = async () => {
    setIsSaveTried(true);
    setRefusal(accepted);
    if (isBusy) return;
    if (!checked.success) return focusFirstProblem();
    setIsBusy(true);
    try {
      // The schema gave what the kind's `POST` or `PUT` takes; the types of seven kinds at once are beyond inference.
      const parsed = checked.data as never;
      const create = options.create ?? ((made) => api.create(kind, made as never));
      options.onSaved(await (based === null ? create(parsed) : api.update(kind, based, parsed)));
    } catch (error) {
      refuse(error);
      focusFirstProblem();
    } finally {
      setIsBusy(false);
    }
  };

  const takeNewest = async () => {
    if (based === null || isBusy) return;
    setIsBusy(true);
    try {
      const fresh = await api.get(kind, based.id);
      const present = fieldsOf(fresh);
      const merged = mergeFields(base, fields, present);
      setBased(fresh);
      setBase(present);
      setFields(merged.fields);
      setTheirs(merged.theirs);
      setConflict('merged');
    } catch (error) {
      refuse(error);
    } finally {
      setIsBusy(false);
    }
  };

  const isReadOnly = options.isReadOnly === true || !canEdit(kind, based as Owned | null);
  return {
    fields,
    change,
    bind: (key) => ({
      value: fields[key],
      onChange: (value) => change({ [key]: value } as unknown as Partial<Fields>),
      onBlur: () => setTouched((present) => new Set(present).add(key)),
      error: refusal.problems[key] ?? (isSaveTried || touched.has(key) ? found.problems[key] : undefined),
      isReadOnly,
      ...(key in theirs && { hint: t('admin.form.theirs', { value: textOf(theirs[key], t('admin.form.nothing')) }) }),
    }),
    isNew: based === null,
    isReadOnly,
    isDirty: !isReadOnly && !isSame(fields, base),
    isBusy,
    failure: refusal.failure ?? (isSaveTried ? found.failure : null),
    conflict,
    takeNewest: () => void takeNewest(),
    save: () => void save(),
  };
}

/** Each problem to its field; one that has no field is said for the whole. */
function placeProblems(found: readonly SettingProblem[], names: readonly string[]): Refusal {
  const problems: Record<string, string> = {};
  let failure: string | null = null;
  for (const { key, expected } of found) {
    const name = fieldOf(key, names);
    if (name === null) failure ??= key === '' ? expected : `${key}: ${expected}`;
    else problems[name] ??= expected;
  }
  return { problems, failure };
}

/** Takes the person to what must be put right. */
function focusFirstProblem(): void {
  requestAnimationFrame(() =>
    document
      .querySelector<HTMLElement>('[role="dialog"] [aria-invalid="true"], [role="dialog"] [data-invalid] button')
      ?.focus(),
  );
}

function textOf(value: unknown, nothing: string): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return nothing;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
