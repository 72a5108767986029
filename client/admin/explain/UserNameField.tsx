import { useEffect, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { FieldNotes } from '../../ui/workbench/index.ts';
import { useAdminApi } from '../api/index.ts';
import { useSettled } from '../frame/index.ts';

interface Found {
  readonly userName: string;
  readonly displayName: string;
}

export interface UserNameFieldProps {
  readonly value: string;
  readonly onChange: (userName: string) => void;
  readonly error: string | undefined;
}

/** A user name, found by what is typed of any of the person's names. */
export function UserNameField({ value, onChange, error }: UserNameFieldProps) {
  const { t } = useTranslation();
  const found = useFoundUsers(value);
  return (
    <ComboBox
      className="field user-name-field"
      items={found}
      inputValue={value}
      onInputChange={onChange}
      onSelectionChange={(userName) => userName !== null && onChange(String(userName))}
      // The bridge has filtered already, by more than what is shown.
      defaultFilter={() => true}
      allowsCustomValue
      isInvalid={error !== undefined}
    >
      <Label className="field-label">{t('admin.explain.userName')}</Label>
      <div className="field-frame">
        <Input className="field-input" autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </div>
      <FieldNotes hint={t('admin.explain.userHint')} error={error} />
      <Popover className="select-popover">
        <ListBox>
          {({ userName, displayName }: Found) => (
            <ListBoxItem id={userName} textValue={userName} className="select-option">
              <span>{userName}</span>
              <span className="user-name-field-person">{displayName}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

const mostFound = 20;

function useFoundUsers(text: string): readonly Found[] {
  const api = useAdminApi();
  const asked = useSettled(text.trim());
  const [found, setFound] = useState<readonly Found[]>([]);
  useEffect(() => {
    let isCurrent = true;
    api.list('users', { q: asked, limit: mostFound }).then(
      ({ items }) => isCurrent && setFound(items),
      // Whoever knows the name can write it without help.
      () => isCurrent && setFound([]),
    );
    return () => {
      isCurrent = false;
    };
  }, [api, asked]);
  return found;
}
