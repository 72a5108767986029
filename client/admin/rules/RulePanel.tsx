import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../shared/admin/index.ts';
import { Notice, useNotices } from '../../ui/index.ts';
import { EntityLoader, EntityPanel, KeptEntityPanel } from '../form/index.ts';
import type { Panel } from '../frame/index.ts';
import { RuleFieldSet } from './RuleFieldSet.tsx';
import { RuleTrial } from './RuleTrial.tsx';
import type { OrderBounds } from './ruleFields.ts';
import { useRuleForm } from './useRuleForm.ts';

interface RulePanelProps {
  readonly panel: Panel;
  readonly bounds: OrderBounds;
  readonly onChanged: () => void;
}

export function NewRule({ panel, bounds, onChanged }: RulePanelProps) {
  const { t } = useTranslation();
  const notices = useNotices();
  const form = useRuleForm(null, bounds, (saved) => {
    onChanged();
    notices.post({ tone: 'plain', text: t('admin.form.created', { name: titleOf(saved, t) }) });
    panel.close();
  });
  return (
    <EntityPanel
      title={t('admin.rules.newTitle')}
      form={form}
      onClose={panel.close}
      aside={<RuleTrial rule={null} form={form} />}
    >
      <RuleFieldSet form={form} />
    </EntityPanel>
  );
}

export function EditRule({ id, panel, bounds, onChanged }: RulePanelProps & { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <EntityLoader kind="rules" id={id} title={t('admin.rules.openTitle')} onClose={panel.close}>
      {(rule) => <RuleEditor rule={rule} panel={panel} bounds={bounds} onChanged={onChanged} />}
    </EntityLoader>
  );
}

function RuleEditor({ rule, panel, bounds, onChanged }: RulePanelProps & { readonly rule: Rule }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const form = useRuleForm(rule, bounds, (saved) => {
    onChanged();
    notices.post({ tone: 'plain', text: t('admin.form.saved', { name: titleOf(saved, t) }) });
    panel.close();
  });
  const title = titleOf(rule, t);
  return (
    <KeptEntityPanel
      kind="rules"
      entity={rule}
      name={title}
      consequence={t('admin.rules.deleteText')}
      form={form}
      panel={panel}
      onChanged={onChanged}
      aside={<RuleTrial rule={rule} form={form} />}
    >
      {form.isForeign && <Notice tone="info">{t('admin.rules.notYours')}</Notice>}
      <RuleFieldSet form={form} />
    </KeptEntityPanel>
  );
}

function titleOf(rule: Rule, t: TFunction): string {
  return rule.name ?? t('admin.rules.unnamed', { id: rule.id });
}
