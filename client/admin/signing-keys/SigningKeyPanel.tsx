import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SigningKeyView } from '../../../shared/admin/index.ts';
import { Button } from '../../ui/index.ts';
import { CopyField, SidePanel } from '../../ui/workbench/index.ts';
import { EntityLoader, EntityPanel, KeptEntityPanel } from '../form/index.ts';
import type { PanelProps } from '../frame/index.ts';
import { NewKeyMaterial, SigningKeyFieldSet } from './SigningKeyFieldSet.tsx';
import { TokenExample } from './TokenExample.tsx';
import { type MadeSigningKey, useSigningKeyForm } from './useSigningKeyForm.ts';
import './SigningKeyPanel.css';
import { NewSecret } from './NewSecret.tsx';

export function NewSigningKey({ panel, onChanged }: PanelProps) {
  const { t } = useTranslation();
  const [made, setMade] = useState<MadeSigningKey | null>(null);
  const form = useSigningKeyForm(null, {
    made: (answer) => {
      onChanged();
      setMade(answer);
    },
  });
  if (made !== null) return <MadeKey made={made} onClose={panel.close} />;
  return (
    <EntityPanel title={t('admin.signingKey.newTitle')} form={form} onClose={panel.close}>
      <SigningKeyFieldSet form={form} />
      <NewKeyMaterial form={form} />
    </EntityPanel>
  );
}

/** What is to be taken to the host application now: the secret can't be had again. */
function MadeKey({ made, onClose }: { made: MadeSigningKey; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SidePanel
      title={made.key.name}
      closeLabel={t('common.close')}
      onClose={onClose}
      isSticky
      actions={
        <Button variant="primary" onPress={onClose}>
          {t('admin.signingKey.taken')}
        </Button>
      }
    >
      <div className="signing-key-made">
        {made.secret !== null && <NewSecret secret={made.secret} />}
        <TokenExample signingKey={made.key} />
      </div>
    </SidePanel>
  );
}

export function EditSigningKey({ id, panel, onChanged }: PanelProps & { id: string }) {
  const { t } = useTranslation();
  return (
    <EntityLoader kind="signingKeys" id={id} title={t('admin.signingKey.openTitle')} onClose={panel.close}>
      {(key) => <SigningKeyForm signingKey={key} panel={panel} onChanged={onChanged} />}
    </EntityLoader>
  );
}

function SigningKeyForm({ signingKey, panel, onChanged }: PanelProps & { signingKey: SigningKeyView }) {
  const { t } = useTranslation();
  const done = () => {
    onChanged();
    panel.close();
  };
  const form = useSigningKeyForm(signingKey, { saved: done });
  return (
    <KeptEntityPanel
      kind="signingKeys"
      entity={signingKey}
      name={signingKey.name}
      consequence={t('admin.signingKey.deleteText')}
      form={form}
      panel={panel}
      onChanged={onChanged}
    >
      <SigningKeyFieldSet form={form} />
      {signingKey.publicKey !== null && (
        <CopyField
          label={t('admin.signingKey.publicKey')}
          text={signingKey.publicKey}
          copyLabel={t('admin.form.copy')}
          copiedLabel={t('admin.form.copied')}
        />
      )}
      <TokenExample signingKey={signingKey} />
    </KeptEntityPanel>
  );
}
