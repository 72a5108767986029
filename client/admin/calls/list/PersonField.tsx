import { useEffect, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { UserView } from '../../../../shared/admin/index.ts';
import { FieldNotes } from '../../../ui/workbench/index.ts';
import { useAdminApi } from '../../api/index.ts';
import { useSettled } from '../../frame/index.ts';

export interface PersonFieldProps {
  /** Id of the person; null: nobody in particular. */
  readonly value: string | null;
  readonly onChange: (userId: string | null) => void;
}

type Person = Pick<UserView, 'id' | 'userName' | 'displayName'>;

const mostFound = 20;

/** One person, found by what is typed of any of their names. */
export function PersonField({ value, onChange }: PersonFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const found = useFoundPeople(text);
  const chosen = useChosenPerson(value);
  const chosenName = chosen?.userName ?? value ?? '';
  useEffect(() => setText(chosenName), [chosenName]);
  return (
    <ComboBox
      className="field calls-person"
      items={found}
      inputValue={text}
      onInputChange={(next) => {
        setText(next);
        if (next === '' && value !== null) onChange(null);
      }}
      onSelectionChange={(id) => id !== null && onChange(String(id))}
      onBlur={() => setText(chosenName)}
      // The bridge has filtered already, by more than what is shown.
      defaultFilter={() => true}
      allowsCustomValue
      allowsEmptyCollection
    >
      <Label className="field-label">{t('admin.calls.person')}</Label>
      <div className="field-frame">
        <Input className="field-input" autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </div>
      <FieldNotes hint={t('admin.calls.personHint')} error={undefined} />
      <Popover className="select-popover">
        <ListBox renderEmptyState={() => <p className="calls-person-none">{t('admin.calls.personNone')}</p>}>
          {({ id, userName, displayName }: Person) => (
            <ListBoxItem id={id} textValue={userName} className="select-option">
              <span>{userName}</span>
              <span className="calls-person-name">{displayName}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function useFoundPeople(text: string): readonly Person[] {
  const api = useAdminApi();
  const asked = useSettled(text.trim());
  const [found, setFound] = useState<readonly Person[]>([]);
  useEffect(() => {
    let isCurrent = true;
    api.list('users', { q: asked, limit: mostFound }).then(
      ({ items }) => isCurrent && setFound(items),
      () => isCurrent && setFound([]),
    );
    return () => {
      isCurrent = false;
    };
  }, [api, asked]);
  return found;
}

/** Whoever stands in the address; null while that isn't known. */
function useChosenPerson(userId: string | null): Person | null {
  const api = useAdminApi();
  const [person, setPerson] = useState<Person | null>(null);
  useEffect(() => {
    if (userId === null) return;
    let isCurrent = true;
    api.get('users', userId).then(
      (user) => isCurrent && setPerson(user),
      // An account that is gone is told by its id.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [api, userId]);
  return person?.id === userId ? person : null;
}
