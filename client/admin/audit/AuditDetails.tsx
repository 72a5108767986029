import { Filter } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../shared/admin/index.ts';
import { Button } from '../../ui/index.ts';
import { SidePanel } from '../../ui/workbench/index.ts';
import { useOptions } from '../api/index.ts';
import { useWhen } from '../frame/index.ts';
import './AuditPage.css';
import { describeKey, describeValue } from './describeValue.ts';
import { differenceOf } from './differenceOf.ts';

export interface AuditDetailsProps {
  readonly entry: AuditEntry;
  /** What people call the thing that was changed. */
  readonly name: string;
  readonly onClose: () => void;
  readonly onFilter: (filter: { actorId: string } | { entityId: string; kind: AuditEntry['kind'] }) => void;
}

/** One change: who, when, from where, and setting by setting from what to what. */
export function AuditDetails({ entry, name, onClose, onFilter }: AuditDetailsProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const brands = useOptions('brands');
  const { actor, kind, action, entityId } = entry;
  const facts = [
    [t('admin.audit.who'), `${actor.userName} (${t(`admin.audit.roles.${actor.role}`)})`],
    [t('admin.audit.when'), when(entry.atMs)],
    [t('admin.audit.address'), entry.address],
    [t('admin.audit.brand'), entry.brandId === null ? t('admin.audit.noBrand') : brands.nameOf(entry.brandId)],
  ];
  const title = `${t(`admin.audit.kinds.${kind}`)}: ${t(`admin.audit.actions.${action}`)}`;
  return (
    <SidePanel
      title={title}
      subtitle={entityId === null ? t('admin.audit.many') : name}
      closeLabel={t('common.close')}
      onClose={onClose}
      actions={<Button onPress={onClose}>{t('common.close')}</Button>}
    >
      <div className="audit-details">
        <dl className="audit-facts">
          {facts.map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <DifferenceTable entry={entry} />
        <div className="audit-actions">
          <Button icon={<Filter aria-hidden />} onPress={() => onFilter({ actorId: actor.userId })}>
            {t('admin.audit.onlyActor', { name: actor.userName })}
          </Button>
          {entityId !== null && (
            <Button icon={<Filter aria-hidden />} onPress={() => onFilter({ entityId, kind })}>
              {t('admin.audit.onlyEntity')}
            </Button>
          )}
        </div>
      </div>
    </SidePanel>
  );
}

function DifferenceTable({ entry: { before, after } }: Pick<AuditDetailsProps, 'entry'>) {
  const { t } = useTranslation();
  const when = useWhen();
  const nothing = t('admin.audit.nothing');
  const said = (key: string, value: unknown) => describeValue(key, value, t, when);
  const differences = differenceOf(before, after).map((one) => ({
    key: one.key,
    before: said(one.key, one.before),
    after: said(one.key, one.after),
  }));
  const shown = differences.filter(({ before: was, after: is }) => was !== is);
  if (shown.length === 0) return <p>{t('admin.audit.noDifference')}</p>;
  return (
    <table className="audit-difference">
      <caption>{t('admin.audit.difference')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('admin.audit.key')}</th>
          <th scope="col">{t('admin.audit.before')}</th>
          <th scope="col">{t('admin.audit.after')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ key, before: was, after: is }) => (
          <tr key={key}>
            <th scope="row">{describeKey(key)}</th>
            <td>{was === nothing ? nothing : <del>{was}</del>}</td>
            <td>{is === nothing ? nothing : <ins>{is}</ins>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
