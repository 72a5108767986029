import { memo, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveCall } from '../../../../shared/admin/index.ts';
import { SearchField, useNotices } from '../../../ui/index.ts';
import { ChoiceField, DataTable } from '../../../ui/workbench/index.ts';
import { useAccess } from '../../access.ts';
import { useOptions } from '../../api/index.ts';
import type { KnownCalls } from '../applyChanges.ts';
import { type CallFilter, callStages, filterCalls } from './filterCalls.ts';
import { HangUpDialog } from './HangUpDialog.tsx';
import { NoCalls } from './NoCalls.tsx';
import { NowProvider } from './Ticking.tsx';
import { otherNumber, useLiveColumns } from './useLiveColumns.tsx';

const anything: CallFilter = { text: '', stage: null, brandId: null, gatewayId: null };

const idOf = ({ callId }: LiveCall) => callId;
const nameOf = (call: LiveCall) => `${call.userName ?? ''} ${otherNumber(call)}`;

/** Every call that is up. An operator opens one to hang it up. */
export function LiveCallList({ known, onHungUp }: { readonly known: KnownCalls; readonly onHungUp: () => void }) {
  const { t } = useTranslation();
  const { role } = useAccess();
  const notices = useNotices();
  const [filter, setFilter] = useState(anything);
  const [opened, setOpened] = useState<LiveCall | null>(null);
  const changeFilter = useCallback(
    (change: Partial<CallFilter>) => setFilter((present) => ({ ...present, ...change })),
    [],
  );
  const columns = useLiveColumns();
  const shown = useMemo(() => filterCalls(known.calls, filter), [known.calls, filter]);
  const hadCalls = useRef(false);
  if (shown.length > 0) hadCalls.current = true;
  return (
    <section className="live-calls" aria-label={t('admin.live.calls')}>
      <div className="live-calls-head">
        <h2>{t('admin.live.calls')}</h2>
        <p className="live-muted numerals">
          {t('admin.live.callsShown', { shown: shown.length, count: known.calls.length })}
        </p>
      </div>
      <FilterBar filter={filter} onChange={changeFilter} />
      {shown.length === 0 ? (
        <NoCalls isAfterCalls={hadCalls.current} isFiltered={known.calls.length > 0} />
      ) : (
        <NowProvider atMs={known.atMs}>
          <DataTable
            label={t('admin.live.calls')}
            columns={columns}
            rows={shown}
            idOf={idOf}
            nameOf={nameOf}
            isComplete
            isLong
            moreLabel={t('admin.list.more')}
            {...(role === 'operator' && { onOpen: setOpened })}
          />
        </NowProvider>
      )}
      {opened !== null && (
        <HangUpDialog
          call={opened}
          onClose={() => setOpened(null)}
          onDone={() => {
            setOpened(null);
            notices.post({ tone: 'plain', text: t('admin.live.hungUp') });
            onHungUp();
          }}
        />
      )}
    </section>
  );
}

interface FilterBarProps {
  readonly filter: CallFilter;
  readonly onChange: (change: Partial<CallFilter>) => void;
}

/** Stays as it is while calls change: three choices and a search cost more than the rows that are new. */
const FilterBar = memo(Filters);

function Filters({ filter, onChange }: FilterBarProps) {
  const { t } = useTranslation();
  const { isOfOneBrand } = useAccess();
  const brands = useOptions('brands').options;
  const gateways = useOptions('gateways').options;
  return (
    <div className="admin-tools">
      <SearchField
        label={t('admin.live.search')}
        clearLabel={t('admin.list.clearSearch')}
        value={filter.text}
        onChange={(text) => onChange({ text })}
      />
      <ChoiceField
        label={t('admin.live.stage')}
        options={callStages.map((id) => ({ id, name: t(`admin.live.stages.${id}`) }))}
        noneName={t('admin.live.anyState')}
        value={filter.stage}
        onChange={(stage) => onChange({ stage })}
      />
      {!isOfOneBrand && gateways.length > 1 && (
        <ChoiceField
          label={t('admin.live.gateway')}
          options={gateways}
          noneName={t('admin.live.anyGateway')}
          value={filter.gatewayId}
          onChange={(gatewayId) => onChange({ gatewayId })}
        />
      )}
      {!isOfOneBrand && brands.length > 1 && (
        <ChoiceField
          label={t('admin.live.brand')}
          options={brands}
          noneName={t('admin.list.anyBrand')}
          value={filter.brandId}
          onChange={(brandId) => onChange({ brandId })}
        />
      )}
    </div>
  );
}
