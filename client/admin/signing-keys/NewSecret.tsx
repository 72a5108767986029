import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/index.ts';
import { CopyField } from '../../ui/workbench/index.ts';

/** The secret of a new key, this once. */
export function NewSecret({ secret }: { secret: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Notice tone="warning" title={t('admin.signingKey.secretTitle')} isUrgent>
        {t('admin.signingKey.secretText')}
      </Notice>
      <CopyField
        label={t('admin.signingKey.secret')}
        text={secret}
        copyLabel={t('admin.form.copy')}
        copiedLabel={t('admin.form.copied')}
      />
    </>
  );
}
