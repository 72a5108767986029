import { Link2, MonitorSmartphone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ClientCall } from '../../calling/index.ts';
import { formatDuration, useSecondsUntil } from '../../calling/index.ts';
import { Button, Dialog, List, ListRow, Notice, QrCode, Spinner } from '../../ui/index.ts';
import './MoveCall.css';
import { type LinkView, useMoveCall } from './useMoveCall.ts';

/** Where the call can go on: the person's other devices, or whichever reads the code or opens the link. */
export function MoveCall({ call, onClose }: { call: ClientCall; onClose: () => void }) {
  const { t } = useTranslation();
  const view = useMoveCall(call);
  return (
    <Dialog title={t('moving.title')} closeLabel={t('common.close')} isOpen onClose={onClose}>
      <div className="move-call">
        {view.problem !== null && (
          <Notice tone="danger" isUrgent>
            {view.problem}
          </Notice>
        )}
        {view.asked !== null && (
          <Notice tone="info" isUrgent>
            {t('moving.asked', { device: view.asked })}
          </Notice>
        )}
        {view.devices.length === 0 ? (
          <p className="move-call-text">{t('moving.noDevices')}</p>
        ) : (
          <List label={t('moving.devices')}>
            {view.devices.map(({ deviceId, name }) => (
              <ListRow
                key={deviceId}
                leading={<MonitorSmartphone aria-hidden />}
                title={name}
                label={t('moving.continueOn', { device: name })}
                onPress={() => view.push(deviceId, name)}
              />
            ))}
          </List>
        )}
        <Code view={view.link} />
      </div>
    </Dialog>
  );
}

function Code({ view }: { view: LinkView }) {
  const { t } = useTranslation();
  const secondsLeft = useSecondsUntil(view.link?.expiresAtMs ?? null);
  if (view.link === null || secondsLeft === null) {
    return view.isMaking ? <Spinner label={t('common.loading')} /> : null;
  }
  if (secondsLeft === 0) {
    return (
      <div className="move-call-code">
        <p>{t('moving.expired')}</p>
        <Button onPress={view.renew}>{t('moving.newCode')}</Button>
      </div>
    );
  }
  return (
    <div className="move-call-code">
      <p className="move-call-text">{t('moving.scan')}</p>
      <QrCode text={view.link.url} label={t('moving.code')} />
      <Button icon={<Link2 aria-hidden />} onPress={view.copy}>
        {t(view.isCopied ? 'moving.copied' : 'moving.copy')}
      </Button>
      {view.isCopyBlocked && (
        <input className="move-call-link" readOnly aria-label={t('moving.link')} value={view.link.url} />
      )}
      <p className="move-call-text numerals" role="timer" aria-label={t('moving.timer')}>
        {t('moving.goodFor', { time: formatDuration(secondsLeft) })}
      </p>
    </div>
  );
}
