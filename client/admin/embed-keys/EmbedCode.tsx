import { useTranslation } from 'react-i18next';
import type { EmbedKey } from '../../../shared/admin/index.ts';
import { CopyField, FieldGroup } from '../../ui/workbench/index.ts';
import { embedSnippet } from './embedSnippet.ts';

/** The key, and what a page does with it. */
export function EmbedCode({ embedKey }: { embedKey: EmbedKey }) {
  const { t } = useTranslation();
  const words = { copyLabel: t('admin.form.copy'), copiedLabel: t('admin.form.copied') };
  return (
    <FieldGroup title={t('admin.embedKey.code')} hint={t('admin.embedKey.codeHint')}>
      <CopyField label={t('admin.embedKey.key')} text={embedKey.id} {...words} />
      <CopyField
        label={t('admin.embedKey.snippet')}
        text={embedSnippet(embedKey.id, location.origin)}
        hint={t('admin.embedKey.snippetHint')}
        {...words}
      />
    </FieldGroup>
  );
}
