import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type CheckState, useCall, usePhoneCheck } from '../../calling/index.ts';
import { SoundDevices } from '../../sound-devices/index.ts';
import { Button, Card, Notice, PageHeader } from '../../ui/index.ts';
import './CheckPage.css';
import { CheckFigureList } from './CheckFigureList.tsx';
import { CheckVerdict } from './CheckVerdict.tsx';

/** Tries out the telephone before a call: the person hears herself, sees what is measured and is told what to do. */
export function CheckPage() {
  const { t } = useTranslation();
  const { check, state } = usePhoneCheck();
  const { active } = useCall();
  const isRunning = state.phase === 'opening' || state.phase === 'listening';
  const isInCall = active !== null;
  // Whoever leaves the page, or telephones, needs no echo.
  useEffect(() => () => check.close(), [check]);
  useEffect(() => {
    if (isInCall) check.stop();
  }, [check, isInCall]);
  return (
    <div className="page">
      <PageHeader title={t('check.title')} subtitle={t('check.subtitle')} />
      <Card title={t('check.echo')}>
        <p>{t('check.echoText')}</p>
        <Level state={state} />
        <div>
          {isRunning ? (
            <Button onPress={() => check.stop()}>{t('check.stop')}</Button>
          ) : (
            <Button variant="primary" isDisabled={isInCall} onPress={() => void check.start()}>
              {t(state.phase === 'idle' ? 'check.start' : 'check.again')}
            </Button>
          )}
        </div>
        {isInCall && <Notice tone="info">{t('check.inCall')}</Notice>}
        <div role="status" aria-label={t('check.verdict')}>
          <CheckVerdict state={state} />
        </div>
      </Card>
      <Card title={t('settings.sound')}>
        <SoundDevices />
      </Card>
      <Card title={t('check.network')}>
        <CheckFigureList figures={state.figures} />
      </Card>
    </div>
  );
}

/** From -60 dBFS to full scale: ears go by ratios. */
function Level({ state: { level } }: { state: CheckState }) {
  const { t } = useTranslation();
  const percent = level <= 0 ? 0 : Math.round(Math.min(1, Math.max(0, 1 + Math.log10(level) / 3)) * 100);
  return (
    <div className="check-level">
      <span>{t('settings.microphone')}</span>
      <meter aria-label={t('check.level')} min={0} max={100} value={percent} />
    </div>
  );
}
