import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { FieldNotes } from '../../ui/workbench/index.ts';
import { type FoundUser, useFoundUsers } from './useFoundUsers.ts';

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
      // The list opens when somebody types and not again when the bridge has answered: it must not wait for that.
      allowsEmptyCollection
      isInvalid={error !== undefined}
    >
      <Label className="field-label">{t('admin.explain.userName')}</Label>
      <div className="field-frame">
        <Input className="field-input" autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </div>
      <FieldNotes hint={t('admin.explain.userHint')} error={error} />
      <Popover className="select-popover">
        <ListBox renderEmptyState={() => <p className="user-name-field-none">{t('admin.explain.userNone')}</p>}>
          {({ userName, displayName }: FoundUser) => (
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
