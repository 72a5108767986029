import { Router } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type GatewayState, gatewayStateSchema } from '../../../../shared/admin/index.ts';
import { describeFailure } from '../../../session/index.ts';
import { Notice } from '../../../ui/index.ts';
import { ChoiceField } from '../../../ui/workbench/index.ts';
import { EntityListPage } from '../../frame/index.ts';
import { SheetTools } from '../../sheet/index.ts';
import { NewGateway, nameOfGateway } from '../form/GatewayPanel.tsx';
import { gatewaySheet } from '../gatewaySheet.ts';
import { useGatewayColumns } from './useGatewayColumns.tsx';
import { useGatewayStatuses } from './useGatewayStatuses.ts';

/** All gateways, and how they are now. */
export function GatewayList() {
  const { t } = useTranslation();
  const statuses = useGatewayStatuses();
  const [state, setState] = useState<GatewayState | null>(null);
  const columns = useGatewayColumns(statuses);
  return (
    <EntityListPage
      kind="gateways"
      section="gateways"
      icon={<Router />}
      words={t('admin.gateways', { returnObjects: true })}
      columns={columns}
      nameOf={nameOfGateway}
      isOfNoBrand
      keep={state === null ? null : ({ id }) => (statuses.of(id)?.state ?? 'unknown') === state}
      tools={(reload) => (
        <>
          <ChoiceField<GatewayState>
            label={t('admin.gateways.state')}
            options={gatewayStateSchema.options.map((id) => ({ id, name: t(`admin.gateways.states.${id}`) }))}
            noneName={t('admin.gateways.anyState')}
            value={state}
            onChange={setState}
          />
          <SheetTools kind="gateways" sheet={gatewaySheet} onImported={reload} />
        </>
      )}
      notice={
        statuses.error !== null && (
          <Notice tone="warning">
            {t('admin.gateways.statusFailed', { reason: describeFailure(statuses.error, t) })}
          </Notice>
        )
      }
      NewPanel={NewGateway}
      // A gateway has a page of its own.
      OpenPanel={() => null}
    />
  );
}
