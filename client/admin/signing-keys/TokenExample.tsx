import { useTranslation } from 'react-i18next';
import type { SigningKeyView } from '../../../shared/admin/index.ts';
import { CopyField, FieldGroup } from '../../ui/workbench/index.ts';
import { exampleClaims, exampleHeader } from './exampleToken.ts';

/** What the host application puts into a token, with this key's own values. */
export function TokenExample({ signingKey }: { signingKey: SigningKeyView }) {
  const { t } = useTranslation();
  const words = { copyLabel: t('admin.form.copy'), copiedLabel: t('admin.form.copied') };
  const claims = exampleClaims(signingKey, Math.floor(Date.now() / 1000));
  return (
    <FieldGroup
      title={t('admin.signingKey.token')}
      hint={t('admin.signingKey.tokenHint', { url: `${location.origin}/enter#token=…` })}
    >
      <CopyField
        label={t('admin.signingKey.header')}
        text={JSON.stringify(exampleHeader(signingKey), null, 2)}
        {...words}
      />
      <CopyField
        label={t('admin.signingKey.claims')}
        text={JSON.stringify(claims, null, 2)}
        hint={t('admin.signingKey.claimsHint')}
        {...words}
      />
    </FieldGroup>
  );
}
