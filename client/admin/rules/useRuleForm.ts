import type { Rule } from '../../../shared/admin/index.ts';
import { useAccess } from '../access.ts';
import { useAdminApi } from '../api/index.ts';
import { type EntityForm, useEntityForm } from '../form/index.ts';
import { newRuleFields, type OrderBounds, type RuleFields, ruleFieldsOf, ruleInputOf } from './ruleFields.ts';

export interface RuleForm extends EntityForm<RuleFields> {
  /** What the fields say, as it would be saved; not checked. */
  readonly input: ReturnType<typeof ruleInputOf>;
  /** Of more than the brand of the brand manager who looks at it. */
  readonly isForeign: boolean;
}

export function useRuleForm(rule: Rule | null, bounds: OrderBounds, onSaved: (rule: Rule) => void): RuleForm {
  const api = useAdminApi();
  const { canEdit, ownBrandId } = useAccess();
  const isForeign = rule !== null && ownBrandId !== null && !canEdit('rules', rule);
  const form = useEntityForm<'rules', RuleFields>({
    kind: 'rules',
    entity: rule,
    fieldsOf: (entity) => (entity === null ? newRuleFields(ownBrandId) : ruleFieldsOf(entity)),
    draftOf: (fields) => ruleInputOf(fields, bounds),
    // Without an order the bridge puts it last, also where a rule has come meanwhile.
    create: (draft) => api.create('rules', withoutOrderIfLast(draft as Rule, bounds)),
    onSaved,
  });
  return { ...form, input: ruleInputOf(form.fields, bounds), isForeign };
}

function withoutOrderIfLast({ order, ...draft }: Rule, { last }: OrderBounds) {
  return order > last ? draft : { ...draft, order };
}
