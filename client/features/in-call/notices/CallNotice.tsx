import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import {
  type ClientCall,
  formatDuration,
  type ReconnectingView,
  useCall,
  useCallQuality,
  useReconnecting,
} from '../../../calling/index.ts';
import { useParty } from '../../../records/index.ts';
import { describeError } from '../../../session/index.ts';
import { StageNotice } from './StageNotice.tsx';
import { TransferNotice } from './TransferNotice.tsx';

export interface CallNoticeProps {
  readonly call: ClientCall;
  /** Null: calls can't be passed on. */
  readonly onPassOn: (() => void) | null;
}

/** What stands between the two people at the moment, and what to do about it: the most pressing alone. */
export function CallNotice({ call, onPassOn }: CallNoticeProps) {
  const { t } = useTranslation();
  const { isAskingMicrophone, isSoundBlocked, unblockSound } = useCall();
  const reconnecting = useReconnecting();
  if (isAskingMicrophone && call.phase === 'askingMicrophone') {
    return (
      <StageNotice title={t('inCall.askingTitle')} isUrgent>
        {t(askingTextOf(call))}
      </StageNotice>
    );
  }
  if (reconnecting !== null) return <ReconnectingNotice call={call} {...reconnecting} />;
  if (call.transfer !== null) return <TransferNotice call={call} transfer={call.transfer} onPassOn={onPassOn} />;
  if (call.isOnHold) return <HoldNotice call={call} />;
  if (call.microphoneLost !== null) {
    return (
      <StageNotice title={t(`microphone.${call.microphoneLost}.title`)} isUrgent>
        {t('microphone.lost')}
      </StageNotice>
    );
  }
  if (isSoundBlocked) {
    return (
      <StageNotice title={t('inCall.soundBlocked')} isUrgent>
        <Button className="stage-notice-action" onPress={unblockSound}>
          {t('inCall.unblock')}
        </Button>
      </StageNotice>
    );
  }
  if (call.audio === 'interrupted') return <StageNotice title={t('inCall.audioInterrupted')} />;
  if (call.isHeldByOther) return <HeldByOtherNotice call={call} />;
  if (call.holdProblem !== null) return <StageNotice title={describeError(call.holdProblem, t)} isUrgent />;
  if (call.isMuted && call.phase === 'established') return <StageNotice title={t('inCall.muted')} />;
  return <QualityNotice call={call} />;
}

/** What spoils the audio most, and what helps. Whoever just listens is silent, too: that interrupts nobody. */
function QualityNotice({ call }: { call: ClientCall }) {
  const { t } = useTranslation();
  const problem = useCallQuality(call)?.quality?.problems[0];
  if (problem === undefined || call.phase !== 'established') return null;
  return (
    <StageNotice title={t(`quality.problems.${problem}.title`)} isUrgent={problem !== 'otherSilent'}>
      {t(`quality.problems.${problem}.advice`)}
    </StageNotice>
  );
}

function askingTextOf({ direction, takesOver }: ClientCall) {
  if (takesOver !== null) return 'moving.askingText';
  return direction === 'incoming' ? 'inCall.askingTextIncoming' : 'inCall.askingText';
}

/** The bridge keeps a call of which it has told something, for a while; of others it may know nothing. */
function ReconnectingNotice({ call, secondsLeft, isOffline }: { call: ClientCall } & ReconnectingView) {
  const { t } = useTranslation();
  const why = isOffline ? `${t('connection.deviceOffline')} ` : '';
  if (call.revision < 0 || secondsLeft === null)
    return <StageNotice title={t('connection.reconnecting')}>{why + t('connection.reconnectingHint')}</StageNotice>;
  return (
    <StageNotice title={t('connection.inCallTitle')} isUrgent>
      {why}
      <span role="timer" aria-label={t('connection.inCallTimer')}>
        {t('connection.inCallLeft', { time: formatDuration(secondsLeft) })}
      </span>
    </StageNotice>
  );
}

/** A person shall not be heard unawares: only this button, and the one for holding, let the other side hear them again. */
function HoldNotice({ call }: { call: ClientCall }) {
  const { t } = useTranslation();
  const { phone } = useCall();
  const problem = call.holdProblem;
  return (
    <StageNotice title={problem === null ? t('inCall.heldText') : describeError(problem, t)}>
      <Button className="stage-notice-action" onPress={() => phone.resume(call.callId)}>
        {t('inCall.resume')}
      </Button>
    </StageNotice>
  );
}

function HeldByOtherNotice({ call }: { call: ClientCall }) {
  const { t } = useTranslation();
  const { title } = useParty(call);
  return <StageNotice title={t('inCall.heldByOther', { party: title })}>{t('inCall.heldByOtherText')}</StageNotice>;
}
