import { Activity, ArrowLeft, Settings2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { type GatewayStatusView, type GatewayView, gatewayStatusViewSchema } from '../../../../shared/admin/index.ts';
import { describeFailure } from '../../../session/index.ts';
import { Button, Notice, Spinner } from '../../../ui/index.ts';
import { useAccess } from '../../access.ts';
import { pathOf, useAdminApi, useEntity, useLive } from '../../api/index.ts';
import { AdminPage } from '../../frame/index.ts';
import { EditGateway, nameOfGateway } from '../form/GatewayPanel.tsx';
import { GatewayTestPanel } from '../test/GatewayTestPanel.tsx';
import { ChangeList } from './ChangeList.tsx';
import './GatewayPage.css';
import { GatewayHistory } from './GatewayHistory.tsx';
import { GatewayNow } from './GatewayNow.tsx';

const everyMs = 2000;

/** One gateway: how it is and was, its settings and its trial. */
export function GatewayPage({ id, beside }: { readonly id: string; readonly beside: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { canEdit } = useAccess();
  const api = useAdminApi();
  const gateway = useEntity('gateways', id);
  const status = useLive<GatewayStatusView>({
    key: id,
    read: () => api.ask({ method: 'GET', path: pathOf('gateways', id, '/status') }, gatewayStatusViewSchema),
    everyMs,
  });
  const here = `/admin/gateways/${encodeURIComponent(id)}`;
  const close = () => void navigate(here);
  const view = gateway.kind === 'ready' ? gateway.entity : null;
  return (
    <AdminPage
      title={view === null ? id : nameOfGateway(view)}
      {...(view !== null && { subtitle: t('admin.gatewayStatus.subtitle', { host: view.host, id }) })}
      actions={
        <div className="gateway-actions">
          {canEdit('gateways') && (
            <Button icon={<Activity aria-hidden />} onPress={() => void navigate(`${here}/test`)}>
              {t('admin.gatewayStatus.test')}
            </Button>
          )}
          <Button
            variant="primary"
            icon={<Settings2 aria-hidden />}
            onPress={() => void navigate(`${here}/edit`)}
            isDisabled={view === null}
          >
            {t('admin.gatewayStatus.edit')}
          </Button>
        </div>
      }
      tools={
        <Link to="/admin/gateways" className="gateway-back">
          <ArrowLeft aria-hidden />
          {t('admin.gatewayStatus.back')}
        </Link>
      }
    >
      {gateway.kind === 'failed' && (
        <Notice tone="danger" isUrgent action={<Button onPress={gateway.reload}>{t('common.retry')}</Button>}>
          {describeFailure(gateway.error, t)}
        </Notice>
      )}
      {view !== null && <StatusView gateway={view} status={status.value} error={status.error} />}
      {beside === 'edit' && (
        <EditGateway
          id={id}
          panel={{ opened: id, open: () => {}, close }}
          onChanged={() => {
            if (gateway.kind !== 'loading') gateway.reload();
            status.refresh();
          }}
          onDeleted={() => void navigate('/admin/gateways')}
        />
      )}
      {beside === 'test' && canEdit('gateways') && view !== null && <GatewayTestPanel gateway={view} onClose={close} />}
    </AdminPage>
  );
}

interface StatusProps {
  readonly gateway: GatewayView;
  readonly status: GatewayStatusView | null;
  readonly error: unknown;
}

function StatusView({ gateway, status, error }: StatusProps) {
  const { t } = useTranslation();
  return (
    <>
      {error !== null && (
        <Notice tone="warning">{t('admin.gatewayStatus.stale', { reason: describeFailure(error, t) })}</Notice>
      )}
      {status === null && error === null && <Spinner label={t('common.loading')} />}
      {status !== null && (
        <div className="gateway-page">
          <GatewayNow gateway={gateway} status={status} />
          <GatewayHistory history={status.history} />
          <ChangeList changes={status.changes} />
        </div>
      )}
    </>
  );
}
