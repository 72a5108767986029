import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GatewayStatusView, GatewayView } from '../../../../shared/admin/index.ts';
import { Card, Notice } from '../../../ui/index.ts';
import { Badge } from '../../../ui/workbench/index.ts';
import { useWhen } from '../../frame/index.ts';
import { useFigures } from '../../words/index.ts';
import { GatewayStateBadge } from '../GatewayStateBadge.tsx';

/** How a gateway is at this moment, and how the last hour was. */
export function GatewayNow({ gateway, status }: { readonly gateway: GatewayView; readonly status: GatewayStatusView }) {
  const { t } = useTranslation();
  return (
    <Card title={t('admin.gatewayStatus.now')}>
      <div className="gateway-now">
        <State status={status} />
        <LastHour gateway={gateway} status={status} />
        <Addresses addresses={status.addresses} />
        {status.registration !== null && <Registration registration={status.registration} />}
      </div>
    </Card>
  );
}

function State({ status }: { readonly status: GatewayStatusView }) {
  const { t } = useTranslation();
  const when = useWhen();
  const figures = useFigures();
  const { state, sinceMs, problem, share, resumeAtMs, lastProbeAtMs, roundTripMs } = status;
  const probed = lastProbeAtMs === null ? null : { when: when(lastProbeAtMs), delay: figures.delay(roundTripMs) };
  return (
    <>
      <p className="gateway-state">
        <GatewayStateBadge state={state} />
        {sinceMs !== null && <span>{t('admin.gatewayStatus.since', { when: when(sinceMs) })}</span>}
      </p>
      <p>{t(`admin.gateways.stateHints.${state}`)}</p>
      {problem !== null && (
        <Notice tone={state === 'down' ? 'danger' : 'warning'} title={t('admin.gatewayStatus.why')}>
          {problem}
        </Notice>
      )}
      {share > 0 && share < 1 && <p>{t('admin.gatewayStatus.share', { share: figures.rate(share) })}</p>}
      {resumeAtMs !== null && <p>{t('admin.gatewayStatus.resume', { when: when(resumeAtMs) })}</p>}
      <p className="gateway-muted">
        {probed === null
          ? t('admin.gatewayStatus.notProbed')
          : t(roundTripMs === null ? 'admin.gatewayStatus.lastProbeOnly' : 'admin.gatewayStatus.lastProbe', probed)}
      </p>
    </>
  );
}

function LastHour({ gateway, status }: { readonly gateway: GatewayView; readonly status: GatewayStatusView }) {
  const { t } = useTranslation();
  const figures = useFigures();
  const { tried, failed, answerRate, postDialDelayMs, mos } = status.lastHour;
  const calls = figures.count(status.calls);
  const now =
    gateway.maxCalls === undefined
      ? calls
      : t('admin.gateways.callsOf', { calls, most: figures.count(gateway.maxCalls) });
  return (
    <Part title={t('admin.gatewayStatus.lastHour')}>
      <dl className="gateway-figures">
        {(
          [
            ['callsNow', now],
            ['tried', figures.count(tried)],
            ['answered', figures.rate(answerRate)],
            ['failed', figures.count(failed)],
            ['delay', figures.delay(postDialDelayMs)],
            ['mos', figures.score(mos)],
          ] as const
        ).map(([name, value]) => (
          <div key={name}>
            <dt>{t(`admin.gatewayStatus.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function Addresses({ addresses }: Pick<GatewayStatusView, 'addresses'>) {
  const { t } = useTranslation();
  return (
    <Part title={t('admin.gatewayStatus.addresses')}>
      {addresses.length === 0 && <p className="gateway-muted">{t('admin.gatewayStatus.noAddresses')}</p>}
      <ol className="gateway-addresses">
        {addresses.map(({ transport, address, port, isReachable }) => (
          <li key={`${transport} ${address} ${port}`}>
            <span className="numerals">
              {address.includes(':') ? `[${address}]` : address}:{port} {transport.toUpperCase()}
            </span>
            <Reachability isReachable={isReachable} />
          </li>
        ))}
      </ol>
    </Part>
  );
}

function Reachability({ isReachable }: { readonly isReachable: boolean | null }) {
  const { t } = useTranslation();
  if (isReachable === null) return <Badge icon={<CircleHelp aria-hidden />}>{t('admin.gatewayStatus.notAsked')}</Badge>;
  return isReachable ? (
    <Badge tone="good" icon={<CircleCheck aria-hidden />}>
      {t('admin.gatewayStatus.reachable')}
    </Badge>
  ) : (
    <Badge tone="danger" icon={<CircleX aria-hidden />}>
      {t('admin.gatewayStatus.unreachable')}
    </Badge>
  );
}

const registrationTones = { trying: 'info', registered: 'good', failed: 'danger' } as const;

function Registration({ registration }: { readonly registration: NonNullable<GatewayStatusView['registration']> }) {
  const { t } = useTranslation();
  const when = useWhen();
  const { state, expiresAtMs, problem } = registration;
  return (
    <Part title={t('admin.gatewayStatus.registration')}>
      <p className="gateway-state">
        <Badge tone={registrationTones[state]}>{t(`admin.gatewayStatus.registrations.${state}`)}</Badge>
        {expiresAtMs !== null && <span>{t('admin.gatewayStatus.expires', { when: when(expiresAtMs) })}</span>}
      </p>
      {problem !== null && <p>{problem}</p>}
    </Part>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="gateway-part" aria-label={title}>
      <h3 className="gateway-part-title">{title}</h3>
      {children}
    </section>
  );
}
