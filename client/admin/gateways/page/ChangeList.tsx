import { useTranslation } from 'react-i18next';
import type { GatewayStatusView } from '../../../../shared/admin/index.ts';
import { Card } from '../../../ui/index.ts';
import { useWhen } from '../../frame/index.ts';
import { GatewayStateBadge } from '../GatewayStateBadge.tsx';

/** When a gateway became what, and why. */
export function ChangeList({ changes }: Pick<GatewayStatusView, 'changes'>) {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <Card title={t('admin.gatewayStatus.changes')}>
      {changes.length === 0 && <p className="gateway-muted">{t('admin.gatewayStatus.noChanges')}</p>}
      <ul className="gateway-changes">
        {changes.map(({ atMs, from, to, problem }) => (
          <li key={`${atMs} ${from} ${to}`}>
            <span className="gateway-muted numerals">{when(atMs)}</span>
            <GatewayStateBadge state={to} />
            <span className="gateway-muted">
              {t('admin.gatewayStatus.changedTo', {
                from: t(`admin.gateways.states.${from}`),
                to: t(`admin.gateways.states.${to}`),
              })}
            </span>
            {problem !== null && <span>{problem}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
