import { useState } from 'react';
import { isSame, mergeFields } from './mergeFields.ts';

export interface FieldsState<Fields> {
  readonly fields: Fields;
  /** What somebody else wrote meanwhile in fields that the person changed, too. */
  readonly theirs: Partial<Fields>;
  readonly isDirty: boolean;
  readonly write: (changed: Partial<Fields>) => void;
  /** Puts what the person wrote onto what is there now. */
  readonly rebase: (present: Fields) => void;
}

/** What a person writes, and what it started from. */
export function useFields<Fields extends object>(first: () => Fields): FieldsState<Fields> {
  const [base, setBase] = useState(first);
  const [fields, setFields] = useState(base);
  const [theirs, setTheirs] = useState<Partial<Fields>>({});
  return {
    fields,
    theirs,
    isDirty: !isSame(fields, base),
    write: (changed) => setFields((present) => ({ ...present, ...changed })),
    rebase: (present) => {
      const merged = mergeFields(base, fields, present);
      setBase(present);
      setFields(merged.fields);
      setTheirs(merged.theirs);
    },
  };
}
