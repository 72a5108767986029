import { Grid3x3, Mic, MicOff, PhoneOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type ClientCall, useCall, useConnection } from '../../calling/index.ts';
import { Avatar, classNames, Keypad, useCaughtFocus } from '../../ui/index.ts';
import './InCall.css';
import { LimitNotice } from './LimitNotice.tsx';
import { StageNotice } from './StageNotice.tsx';
import { useInCall } from './useInCall.ts';

/** The call screen: who, how it stands, and what can be done. */
export function InCall({ call }: { call: ClientCall }) {
  const { t } = useTranslation();
  const view = useInCall(call);
  const screen = useCaughtFocus<HTMLElement>();
  const isWaiting = call.phase !== 'established' && call.phase !== 'disconnecting';
  return (
    <section ref={screen} tabIndex={-1} className="in-call" aria-label={t('inCall.region', { party: view.party })}>
      <div className="in-call-notices">
        <LimitNotice call={call} />
        <Trouble call={call} />
      </div>
      <div className={classNames('in-call-party', view.isKeypadOpen && 'in-call-party-small')}>
        <span className={classNames('in-call-avatar', isWaiting && 'in-call-avatar-waiting')}>
          <Avatar name={view.name} size={view.isKeypadOpen ? 'l' : 'xl'} />
        </span>
        <h2 className="in-call-name">{view.party}</h2>
        {view.name !== null && !view.isKeypadOpen && <p className="in-call-number numerals">{view.number}</p>}
        {view.note !== null && !view.isKeypadOpen && <p className="in-call-number numerals">{view.note}</p>}
        <p className="in-call-status numerals">{view.status}</p>
      </div>
      {view.isKeypadOpen && (
        <div className="in-call-keypad">
          <p className="in-call-tones numerals" role="img" aria-label={`${t('inCall.tones')}: ${view.tones}`}>
            {view.tones}
          </p>
          <Keypad label={t('inCall.keys')} onKey={view.sendDigit} surface="stage" />
        </div>
      )}
      <div className="in-call-controls">
        <Control
          label={t('inCall.mute')}
          icon={call.isMuted ? <MicOff /> : <Mic />}
          isOn={call.isMuted}
          isDisabled={call.phase === 'askingMicrophone' || call.phase === 'disconnecting'}
          onToggle={view.toggleMute}
        />
        {view.hasKeypad && (
          <Control
            label={t('inCall.keypad')}
            icon={<Grid3x3 />}
            isOn={view.isKeypadOpen}
            isDisabled={!view.isTalking && call.phase !== 'earlyMedia'}
            onToggle={view.toggleKeypad}
          />
        )}
        <Button
          className="control control-hang-up"
          aria-label={t('inCall.hangUp')}
          onPress={view.hangUp}
          isDisabled={call.phase === 'disconnecting'}
        >
          <span className="control-circle" aria-hidden>
            <PhoneOff />
          </span>
          <span className="control-label" aria-hidden>
            {t('inCall.hangUp')}
          </span>
        </Button>
      </div>
    </section>
  );
}

interface ControlProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly isOn: boolean;
  readonly isDisabled: boolean;
  readonly onToggle: () => void;
}

function Control({ label, icon, isOn, isDisabled, onToggle }: ControlProps) {
  return (
    <ToggleButton className="control" aria-label={label} isSelected={isOn} isDisabled={isDisabled} onChange={onToggle}>
      <span className="control-circle" aria-hidden>
        {icon}
      </span>
      <span className="control-label" aria-hidden>
        {label}
      </span>
    </ToggleButton>
  );
}

/** What stands between the two people at the moment, and what to do about it. */
function Trouble({ call }: { call: ClientCall }) {
  const { t } = useTranslation();
  const { isAskingMicrophone, isSoundBlocked, unblockSound } = useCall();
  const { isTrouble } = useConnection();
  if (isAskingMicrophone && call.phase === 'askingMicrophone') {
    return (
      <StageNotice title={t('inCall.askingTitle')} isUrgent>
        {t(call.direction === 'incoming' ? 'inCall.askingTextIncoming' : 'inCall.askingText')}
      </StageNotice>
    );
  }
  if (isTrouble) {
    // The bridge has told something about a call that it has.
    const isKept = call.revision >= 0;
    return (
      <StageNotice title={t('connection.reconnecting')}>
        {t(isKept ? 'connection.inCallHint' : 'connection.reconnectingHint')}
      </StageNotice>
    );
  }
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
  if (call.isMuted && call.phase === 'established') return <StageNotice title={t('inCall.muted')} />;
  return null;
}
