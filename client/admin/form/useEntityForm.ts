import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import { describeFailure } from '../../session/index.ts';
import { type Owned, useAccess } from '../access.ts';
import { type EntityKind, entityKinds, useAdminApi } from '../api/index.ts';
import { describeDraft, describeRefusal } from './describeProblems.ts';
import type { EntityForm, EntityFormOptions } from './EntityForm.ts';
import { placeProblems } from './placeProblems.ts';
import { showFirstProblem } from './showFirstProblem.ts';
import { useFields } from './useFields.ts';
import { useProblems } from './useProblems.ts';

/** What a person writes about one entity, until the bridge has it. */
export function useEntityForm<Kind extends EntityKind, Fields extends object>(
  options: EntityFormOptions<Kind, Fields>,
): EntityForm<Fields> {
  const { kind, fieldsOf, draftOf } = options;
  const { t } = useTranslation();
  const api = useAdminApi();
  const { canEdit } = useAccess();
  const [based, setBased] = useState(options.entity);
  const [conflict, setConflict] = useState<EntityForm<Fields>['conflict']>('none');
  const [isBusy, setIsBusy] = useState(false);
  const { fields, theirs, isDirty, write, rebase } = useFields(() => fieldsOf(options.entity));

  const names = Object.keys(fields);
  const schema: z.ZodType = entityKinds[kind][based === null ? 'create' : 'write'];
  const draft = draftOf(fields);
  const checked = schema.safeParse(draft);
  const problems = useProblems(placeProblems(describeDraft(checked.error?.issues ?? [], draft, t), names));

  const change = (changed: Partial<Fields>) => {
    write(changed);
    problems.forget(Object.keys(changed));
  };

  /** Does it at the bridge, once at a time; what goes wrong is said. */
  const attempt = async (act: () => Promise<void>) => {
    if (isBusy) return;
    setIsBusy(true);
    try {
      await act();
    } catch (error) {
      if (error instanceof DialbridgeError && error.code === 'conflict' && based !== null) setConflict('met');
      else if (error instanceof DialbridgeError && error.code === 'invalidSetting') {
        problems.refuse(placeProblems(describeRefusal(error.details, t), names));
      } else problems.refuse({ problems: {}, failure: describeFailure(error, t) });
      showFirstProblem();
    } finally {
      setIsBusy(false);
    }
  };

  const save = async () => {
    problems.tryToSave();
    if (!checked.success) return showFirstProblem();
    await attempt(async () => {
      // The schema gave what the kind's `POST` or `PUT` takes; the types of seven kinds at once are beyond inference.
      const parsed = checked.data as never;
      const create = options.create ?? ((made) => api.create(kind, made as never));
      options.onSaved(await (based === null ? create(parsed) : api.update(kind, based, parsed)));
    });
  };

  const takeNewest = () =>
    attempt(async () => {
      if (based === null) return;
      const fresh = await api.get(kind, based.id);
      setBased(fresh);
      rebase(fieldsOf(fresh));
      setConflict('merged');
    });

  const isReadOnly = options.isReadOnly === true || !canEdit(kind, based as Owned | null);
  return {
    fields,
    change,
    bind: (key) => ({
      value: fields[key],
      onChange: (value) => change({ [key]: value } as unknown as Partial<Fields>),
      onBlur: () => problems.touch(key),
      error: problems.at(key),
      isReadOnly,
      ...(key in theirs && { hint: t('admin.form.theirs', { value: textOf(theirs[key], t('admin.form.nothing')) }) }),
    }),
    isNew: based === null,
    isReadOnly,
    isDirty: !isReadOnly && isDirty,
    isBusy,
    failure: problems.failure,
    conflict,
    takeNewest: () => void takeNewest(),
    save: () => void save(),
  };
}

function textOf(value: unknown, nothing: string): string {
  const isNothing =
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (isNothing) return nothing;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
