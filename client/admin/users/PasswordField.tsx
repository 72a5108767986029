import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton, TextField } from '../../ui/index.ts';
import type { FieldProps } from '../../ui/workbench/index.ts';

/** A password for somebody else; it can be looked at, since it must be passed on. */
export function PasswordField({ isReadOnly = false, onBlur, ...field }: FieldProps<string>) {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  return (
    <TextField
      {...field}
      isReadOnly={isReadOnly}
      {...(onBlur && { onBlur })}
      type={isShown ? 'text' : 'password'}
      autoComplete="new-password"
      trailing={
        <IconButton
          label={isShown ? t('admin.users.conceal') : t('admin.users.reveal')}
          icon={isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          onPress={() => setIsShown(!isShown)}
        />
      }
    />
  );
}
