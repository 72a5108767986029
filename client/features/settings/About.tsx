import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { protocolVersion } from '../../../shared/protocol/index.ts';
import { useConnection } from '../../calling/index.ts';
import { Card } from '../../ui/index.ts';

declare const __CLIENT_VERSION__: string;

/** What somebody who helps will ask for. */
export function About() {
  const { t } = useTranslation();
  const { state, connection } = useConnection();
  const [roundTripMs, setRoundTripMs] = useState<number | null>(null);
  const isReady = state.kind === 'ready';
  useEffect(() => {
    setRoundTripMs(null);
    if (!isReady) return;
    connection.measureRoundTrip().then(setRoundTripMs, () => setRoundTripMs(null));
  }, [isReady, connection]);
  const ms = roundTripMs === null ? '…' : Math.max(1, Math.round(roundTripMs)).toString();
  const facts = [
    [t('settings.connection'), isReady ? t('settings.roundTrip', { ms }) : t('connection.offline')],
    [t('settings.server'), isReady ? state.hello.callServerId : '–'],
    [t('settings.version'), __CLIENT_VERSION__],
    [t('settings.protocol'), String(protocolVersion)],
  ];
  return (
    <Card title={t('settings.about')}>
      <dl className="about">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className="numerals">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
