import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callOutcomeSchema } from '../../../../shared/domain/index.ts';
import { Button, narrowQuery, TextField, useMediaQuery } from '../../../ui/index.ts';
import { ChoiceField, Fold, MultiChoiceField } from '../../../ui/workbench/index.ts';
import { useOptions } from '../../api/index.ts';
import { useSettled } from '../../frame/index.ts';
import './CallList.css';
import { PersonField } from './PersonField.tsx';
import type { CallFilter, CallFilterView } from './useCallFilter.ts';

/** What calls are looked for by. */
export function CallFilters({ view }: { readonly view: CallFilterView }) {
  const { t } = useTranslation();
  const { filter, change } = view;
  const isNarrow = useMediaQuery(narrowQuery);
  return (
    <search className="calls-filters">
      <NumberFilter view={view} />
      <PersonField value={filter.userId} onChange={(userId) => change({ userId })} />
      {isNarrow ? (
        <Fold title={t('admin.calls.more')} isOpenAtFirst={isMoreSet(filter)}>
          <div className="calls-more">
            <MoreFilters view={view} />
          </div>
        </Fold>
      ) : (
        <MoreFilters view={view} />
      )}
      {view.isFiltered && (
        <Button icon={<X aria-hidden />} onPress={view.clear}>
          {t('admin.calls.clear')}
        </Button>
      )}
    </search>
  );
}

/** On a phone behind a name: the calls shall be in sight. */
function MoreFilters({ view: { filter, change } }: { readonly view: CallFilterView }) {
  const { t } = useTranslation();
  const gateways = useOptions('gateways');
  const brands = useOptions('brands');
  return (
    <>
      <TextField
        label={t('admin.calls.from')}
        type={'datetime-local' as 'text'}
        value={filter.from ?? ''}
        onChange={(from) => change({ from })}
      />
      <TextField
        label={t('admin.calls.until')}
        type={'datetime-local' as 'text'}
        value={filter.until ?? ''}
        onChange={(until) => change({ until })}
      />
      <MultiChoiceField
        label={t('admin.calls.outcome')}
        placeholder={t('admin.calls.anyOutcome')}
        searchLabel={t('admin.calls.searchOutcomes')}
        options={callOutcomeSchema.options.map((id) => ({ id, name: t(`admin.calls.outcomes.${id}`) }))}
        value={filter.outcomes}
        onChange={(outcomes) => change({ outcome: outcomes.join(',') })}
      />
      <ChoiceField
        label={t('admin.calls.direction')}
        noneName={t('admin.calls.anyDirection')}
        options={(['outgoing', 'incoming'] as const).map((id) => ({ id, name: t(`admin.calls.directions.${id}`) }))}
        value={filter.direction}
        onChange={(direction) => change({ direction })}
      />
      <ChoiceField
        label={t('admin.calls.gateway')}
        noneName={t('admin.calls.anyGateway')}
        options={gateways.options}
        value={filter.gatewayId}
        onChange={(gatewayId) => change({ gatewayId })}
      />
      {(brands.options.length > 1 || filter.brandId !== null) && (
        <ChoiceField
          label={t('admin.list.brand')}
          noneName={t('admin.list.anyBrand')}
          options={brands.options}
          value={filter.brandId}
          onChange={(brandId) => change({ brandId })}
        />
      )}
    </>
  );
}

function isMoreSet({ number, userId, outcomes, ...filter }: CallFilter): boolean {
  return outcomes.length > 0 || Object.values(filter).some((value) => value !== null);
}

/** Into the address once it rests, so that its every digit is not a search. */
function NumberFilter({ view: { filter, change, isNumberBad } }: { readonly view: CallFilterView }) {
  const { t } = useTranslation();
  const inAddress = filter.number ?? '';
  const [text, setText] = useState(inAddress);
  const settled = useSettled(text.trim());
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed goes into the address.
  useEffect(() => {
    if (settled !== inAddress) change({ number: settled });
  }, [settled]);
  useEffect(() => setText(inAddress), [inAddress]);
  return (
    <TextField
      label={t('admin.calls.number')}
      hint={t('admin.calls.numberHint')}
      type="search"
      autoComplete="off"
      value={text}
      onChange={setText}
      error={isNumberBad ? t('admin.calls.numberProblem') : undefined}
    />
  );
}
