import { useTranslation } from 'react-i18next';
import type { GatewayView } from '../../../../shared/admin/index.ts';
import { TextField, useNotices } from '../../../ui/index.ts';
import { EntityLoader, EntityPanel, KeptEntityPanel, NameAndIdFields } from '../../form/index.ts';
import type { PanelProps } from '../../frame/index.ts';
import { GatewayFieldSet } from './GatewayFieldSet.tsx';
import { useGatewayForm } from './useGatewayForm.ts';

export function NewGateway({ panel, onChanged }: PanelProps) {
  const { t } = useTranslation();
  const notices = useNotices();
  const form = useGatewayForm(null, (gateway) => {
    onChanged();
    notices.post({ tone: 'plain', text: t('admin.form.created', { name: nameOfGateway(gateway) }) });
    // How it is doing is what one wants to know next.
    panel.open(gateway.id);
  });
  return (
    <EntityPanel title={t('admin.gateways.newTitle')} form={form} onClose={panel.close}>
      <NameAndIdFields
        form={form}
        name={{ label: t('admin.gateways.name'), hint: t('admin.gateways.nameHint') }}
        id={{ label: t('admin.gateways.id'), hint: t('admin.gateways.idHint') }}
      />
      <GatewayFieldSet form={form} />
    </EntityPanel>
  );
}

interface EditGatewayProps extends PanelProps {
  readonly onDeleted: () => void;
}

export function EditGateway({ id, ...props }: EditGatewayProps & { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <EntityLoader kind="gateways" id={id} title={t('admin.gateways.openTitle')} onClose={props.panel.close}>
      {(gateway) => <GatewayEditor gateway={gateway} {...props} />}
    </EntityLoader>
  );
}

function GatewayEditor({ gateway, panel, onChanged, onDeleted }: EditGatewayProps & { readonly gateway: GatewayView }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const form = useGatewayForm(gateway, (saved) => {
    onChanged();
    notices.post({ tone: 'plain', text: t('admin.form.saved', { name: nameOfGateway(saved) }) });
    panel.close();
  });
  return (
    <KeptEntityPanel
      kind="gateways"
      entity={gateway}
      name={nameOfGateway(gateway)}
      consequence={t('admin.gateways.deleteText')}
      form={form}
      panel={panel}
      onChanged={onChanged}
      onDeleted={onDeleted}
    >
      <TextField
        label={t('admin.gateways.name')}
        hint={t('admin.gateways.nameHint')}
        autoComplete="off"
        {...form.bind('name')}
      />
      <GatewayFieldSet form={form} />
    </KeptEntityPanel>
  );
}

/** What people call it. */
export function nameOfGateway({ id, name }: Pick<GatewayView, 'id' | 'name'>): string {
  return name ?? id;
}
