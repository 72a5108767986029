import { ScrollText, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type AuditEntry, auditEntrySchema, auditedKindSchema } from '../../../shared/admin/index.ts';
import { Button, EmptyState } from '../../ui/index.ts';
import { ChoiceField, type DataColumn, DataTable } from '../../ui/workbench/index.ts';
import { queryOf, useAdminApi, usePages } from '../api/index.ts';
import { AdminPage, EntityListBody, useWhen } from '../frame/index.ts';
import { AuditDetails } from './AuditDetails.tsx';
import './AuditPage.css';
import { nameOfEntity } from './nameOfEntity.ts';
import { type AuditFilter, useAuditFilter } from './useAuditFilter.ts';

const pageSchema = z.object({ items: z.array(auditEntrySchema), nextCursor: z.string().nullable() });

export function AuditPage() {
  const { t } = useTranslation();
  const api = useAdminApi();
  const filter = useAuditFilter();
  const { kind, entityId, actorId } = filter;
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const list = usePages(JSON.stringify([kind, entityId, actorId]), (page) =>
    api.ask({ method: 'GET', path: `/audit${queryOf({ kind, entityId, actorId, ...page })}` }, pageSchema),
  );
  const isFiltered = kind !== null || entityId !== null || actorId !== null;
  return (
    <AdminPage
      title={t('admin.audit.title')}
      subtitle={t('admin.audit.subtitle')}
      tools={<Filters filter={filter} entries={list.items} />}
    >
      <EntityListBody
        list={list}
        searched=""
        isFiltered={isFiltered}
        empty={
          <EmptyState icon={<ScrollText />} title={t('admin.audit.emptyTitle')}>
            {t('admin.audit.emptyText')}
          </EmptyState>
        }
      >
        <DataTable
          label={t('admin.audit.list')}
          columns={useColumns(list.items)}
          rows={list.items}
          idOf={({ id }) => id}
          nameOf={(entry) => nameOfEntity(entry, list.items)}
          onOpen={setOpened}
          // Newest first, always: that is what a log is.
          isComplete={false}
        />
      </EntityListBody>
      {opened !== null && (
        <AuditDetails
          entry={opened}
          name={nameOfEntity(opened, list.items)}
          onClose={() => setOpened(null)}
          onFilter={(narrower) => {
            setOpened(null);
            filter.change(narrower);
          }}
        />
      )}
    </AdminPage>
  );
}

function Filters({ filter, entries }: { filter: AuditFilter; entries: readonly AuditEntry[] }) {
  const { t } = useTranslation();
  const { kind, entityId, actorId, change } = filter;
  const ofEntity = entries.find((entry) => entry.entityId === entityId);
  const byActor = entries.find(({ actor }) => actor.userId === actorId);
  const chips = [
    ...(entityId === null
      ? []
      : [
          {
            key: 'entityId',
            name: t('admin.audit.ofEntity', { name: ofEntity ? nameOfEntity(ofEntity, entries) : entityId }),
            remove: () => change({ entityId: null }),
          },
        ]),
    ...(actorId === null
      ? []
      : [
          {
            key: 'actorId',
            name: t('admin.audit.byActor', { name: byActor?.actor.userName ?? actorId }),
            remove: () => change({ actorId: null }),
          },
        ]),
  ];
  return (
    <>
      <ChoiceField
        label={t('admin.audit.kind')}
        options={auditedKindSchema.options.map((id) => ({ id, name: t(`admin.audit.kinds.${id}`) }))}
        noneName={t('admin.audit.anyKind')}
        value={kind}
        onChange={(chosen) => change({ kind: chosen, ...(chosen !== kind && { entityId: null }) })}
      />
      {chips.map(({ key, name, remove }) => (
        <Button
          key={key}
          icon={<X aria-hidden />}
          aria-label={t('admin.audit.removeFilter', { name })}
          onPress={remove}
        >
          {name}
        </Button>
      ))}
    </>
  );
}

function useColumns(entries: readonly AuditEntry[]): readonly DataColumn<AuditEntry>[] {
  const { t } = useTranslation();
  const when = useWhen();
  return [
    { id: 'when', name: t('admin.audit.when'), cell: ({ atMs }) => when(atMs) },
    { id: 'who', name: t('admin.audit.who'), cell: ({ actor }) => actor.userName },
    {
      id: 'what',
      name: t('admin.audit.what'),
      isName: true,
      cell: ({ kind, action }) => `${t(`admin.audit.kinds.${kind}`)}: ${t(`admin.audit.actions.${action}`)}`,
    },
    {
      id: 'which',
      name: t('admin.audit.which'),
      isName: true,
      cell: (entry) => (entry.entityId === null ? t('admin.audit.many') : nameOfEntity(entry, entries)),
    },
    { id: 'address', name: t('admin.audit.address'), cell: ({ address }) => address, isMinor: true },
  ];
}
