import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Group } from '../../../shared/admin/index.ts';
import { TextField, useNotices } from '../../ui/index.ts';
import { ReadOnlyField } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import {
  BrandField,
  type EntityForm,
  EntityLoader,
  EntityPanel,
  KeptEntityPanel,
  slugOf,
  useEntityForm,
} from '../form/index.ts';
import type { PanelProps } from '../frame/index.ts';

interface GroupFields {
  readonly id: string;
  readonly name: string;
  readonly brandId: string | null;
}

export function NewGroup({ panel, onChanged }: PanelProps) {
  const { t } = useTranslation();
  const form = useGroupForm(null, { panel, onChanged });
  // The id follows the name until somebody writes one.
  const [isIdOwn, setIsIdOwn] = useState(false);
  const name = form.bind('name');
  const id = form.bind('id');
  return (
    <EntityPanel title={t('admin.group.newTitle')} form={form} onClose={panel.close}>
      <TextField
        label={t('admin.group.name')}
        autoComplete="off"
        {...name}
        onChange={(text) => form.change({ name: text, ...(!isIdOwn && { id: slugOf(text) }) })}
      />
      <TextField
        label={t('admin.group.id')}
        hint={t('admin.group.idHint')}
        autoComplete="off"
        autoCapitalize="none"
        {...id}
        onChange={(text) => {
          setIsIdOwn(text !== '');
          form.change({ id: text });
        }}
      />
      <GroupBrand form={form} />
    </EntityPanel>
  );
}

export function EditGroup({ id, panel, onChanged }: PanelProps & { id: string }) {
  const { t } = useTranslation();
  return (
    <EntityLoader kind="groups" id={id} title={t('admin.group.openTitle')} onClose={panel.close}>
      {(group) => <GroupForm group={group} panel={panel} onChanged={onChanged} />}
    </EntityLoader>
  );
}

function GroupForm({ group, panel, onChanged }: PanelProps & { group: Group }) {
  const { t } = useTranslation();
  const form = useGroupForm(group, { panel, onChanged });
  return (
    <KeptEntityPanel
      kind="groups"
      entity={group}
      name={group.name}
      consequence={t('admin.group.deleteText')}
      form={form}
      panel={panel}
      onChanged={onChanged}
    >
      <TextField label={t('admin.group.name')} autoComplete="off" {...form.bind('name')} />
      <ReadOnlyField label={t('admin.group.id')}>{group.id}</ReadOnlyField>
      <GroupBrand form={form} />
    </KeptEntityPanel>
  );
}

function GroupBrand({ form }: { form: EntityForm<GroupFields> }) {
  const { t } = useTranslation();
  return <BrandField label={t('admin.group.brand')} noneName={t('admin.group.everyBrand')} {...form.bind('brandId')} />;
}

function useGroupForm(group: Group | null, { panel, onChanged }: PanelProps): EntityForm<GroupFields> {
  const { t } = useTranslation();
  const { ownBrandId } = useAccess();
  const notices = useNotices();
  return useEntityForm<'groups', GroupFields>({
    kind: 'groups',
    entity: group,
    fieldsOf: (entity) => ({
      id: entity?.id ?? '',
      name: entity?.name ?? '',
      brandId: entity === null ? ownBrandId : entity.brandId,
    }),
    draftOf: ({ id, ...draft }) => (group === null ? { id, ...draft } : draft),
    onSaved: ({ name }) => {
      onChanged();
      notices.post({ tone: 'plain', text: t('admin.form.saved', { name }) });
      panel.close();
    },
  });
}
