import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { FieldNotes, type FieldProps, ReadOnlyField } from '../../ui/workbench/index.ts';
import { type FoundUser, useFoundUsers } from './useFoundUsers.ts';

export interface UserNameFieldProps extends Omit<FieldProps<string>, 'label'> {
  /** Absent: "User name". */
  readonly label?: string;
}

/** A user name, found by what is typed of any of the person's names. */
export function UserNameField({ value, onChange, onBlur, error, ...field }: UserNameFieldProps) {
  const { t } = useTranslation();
  const found = useFoundUsers(value);
  const { label = t('admin.explain.userName'), hint = t('admin.explain.userHint'), isReadOnly } = field;
  if (isReadOnly) return <ReadOnlyField label={label}>{value}</ReadOnlyField>;
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
      {...(onBlur && { onBlur })}
    >
      <Label className="field-label">{label}</Label>
      <div className="field-frame">
        <Input className="field-input" autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </div>
      <FieldNotes hint={hint} error={error} />
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
