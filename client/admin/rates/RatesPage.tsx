import { Banknote, Download, Plus, Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rate } from '../../../shared/admin/index.ts';
import { Button, EmptyState, Notice, SearchField } from '../../ui/index.ts';
import { type DataColumn, DataTable } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import { useAdminApi, useEntities } from '../api/index.ts';
import { AdminPage, EntityListBody, useAction, usePanel, useSearch } from '../frame/index.ts';
import { loadAll, saveFile } from '../sheet/index.ts';
import { formatAmount } from './formatAmount.ts';
import { RateImport } from './RateImport.tsx';
import { RateLookupNotice } from './RateLookupNotice.tsx';
import { EditRate, NewRate } from './RatePanel.tsx';
import './RatesPage.css';
import { useRateLookup } from './useRateLookup.ts';
import { writeRatesCsv } from './writeRatesCsv.ts';

export function RatesPage() {
  const { t } = useTranslation();
  const { canEdit } = useAccess();
  const search = useSearch();
  const lookup = useRateLookup(search.asked);
  const list = useEntities('rates', { q: search.asked });
  const panel = usePanel('rates');
  const columns = useColumns();
  const [isImporting, setIsImporting] = useState(false);
  const exporting = useExport();
  const isFound = lookup.kind !== 'none' && list.kind === 'ready' && list.items.length === 0;
  return (
    <AdminPage
      title={t('admin.rates.title')}
      subtitle={t('admin.rates.subtitle')}
      {...(canEdit('rates') && {
        actions: (
          <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => panel.open('new')}>
            {t('admin.rates.add')}
          </Button>
        ),
      })}
      tools={
        <>
          <SearchField
            label={t('admin.rates.search')}
            clearLabel={t('admin.list.clearSearch')}
            value={search.text}
            onChange={search.setText}
          />
          {canEdit('rates') && (
            <Button icon={<Upload aria-hidden />} onPress={() => setIsImporting(true)}>
              {t('admin.rates.import')}
            </Button>
          )}
          <Button icon={<Download aria-hidden />} isPending={exporting.isBusy} onPress={exporting.run}>
            {t(exporting.isBusy ? 'admin.rates.exporting' : 'admin.rates.export')}
          </Button>
        </>
      }
    >
      {exporting.failure !== null && (
        <Notice tone="danger" isUrgent>
          {exporting.failure}
        </Notice>
      )}
      <section aria-label={t('admin.rates.lookup.label')} aria-live="polite" className="rate-lookup">
        <RateLookupNotice lookup={lookup} onOpen={panel.open} />
      </section>
      {!isFound && (
        <EntityListBody
          list={list}
          searched={search.asked}
          empty={
            <EmptyState icon={<Banknote />} title={t('admin.rates.emptyTitle')}>
              {t('admin.rates.emptyText')}
            </EmptyState>
          }
        >
          <DataTable
            label={t('admin.rates.list')}
            columns={columns}
            rows={list.items}
            idOf={({ id }) => id}
            nameOf={({ id }) => id}
            onOpen={({ id }) => panel.open(id)}
            isComplete={!list.hasMore}
          />
        </EntityListBody>
      )}
      {panel.opened === 'new' && canEdit('rates') && <NewRate panel={panel} onChanged={list.reload} />}
      {panel.opened !== null && panel.opened !== 'new' && (
        <EditRate key={panel.opened} id={panel.opened} panel={panel} onChanged={list.reload} />
      )}
      {isImporting && <RateImport onClose={() => setIsImporting(false)} onImported={list.reload} />}
    </AdminPage>
  );
}

function useExport() {
  const api = useAdminApi();
  return useAction(async () => {
    const text = writeRatesCsv(await loadAll(api, 'rates'));
    const today = new Date().toISOString().slice(0, 10);
    saveFile(`rates-${today}.csv`, text, 'text/csv;charset=utf-8');
  });
}

function useColumns(): readonly DataColumn<Rate>[] {
  const { t, i18n } = useTranslation();
  return [
    {
      id: 'prefix',
      name: t('admin.rates.prefix'),
      cell: ({ id }) => <span className="numerals">{id}</span>,
      sortKey: ({ id }) => id,
    },
    {
      id: 'name',
      name: t('admin.rates.name'),
      cell: ({ name }) => name ?? '–',
      sortKey: ({ name }) => name ?? '',
    },
    {
      id: 'price',
      name: t('admin.rates.pricePerMinute'),
      cell: ({ pricePerMinute }) => formatAmount(pricePerMinute, i18n.language),
      sortKey: ({ pricePerMinute }) => pricePerMinute,
      align: 'end',
    },
    {
      id: 'fee',
      name: t('admin.rates.connectionFee'),
      cell: ({ connectionFee }) => formatAmount(connectionFee, i18n.language),
      sortKey: ({ connectionFee }) => connectionFee,
      align: 'end',
      isMinor: true,
    },
    {
      id: 'steps',
      name: t('admin.rates.steps'),
      cell: ({ firstSeconds, incrementSeconds }) =>
        t('admin.rates.stepsText', { first: firstSeconds, increment: incrementSeconds }),
      isMinor: true,
    },
  ];
}
