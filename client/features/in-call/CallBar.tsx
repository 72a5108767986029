import { ArrowLeft, PhoneOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ClientCall, describeStatus, formatDuration, useCall, useTalkingSeconds } from '../../calling/index.ts';
import { useParty } from '../../records/index.ts';
import { Avatar, Button, IconButton, useCaughtFocus } from '../../ui/index.ts';
import './CallBar.css';

export interface CallBarProps {
  readonly call: ClientCall;
  readonly onBack: () => void;
}

/** The call while the person looks for whom to dial besides: it goes on, and one step leads back to it. */
export function CallBar({ call, onBack }: CallBarProps) {
  const { t } = useTranslation();
  const { phone } = useCall();
  const bar = useCaughtFocus<HTMLElement>();
  const { name, title: party } = useParty(call);
  const seconds = useTalkingSeconds(call);
  const isTalking = call.phase === 'established' && !call.isOnHold && seconds !== null;
  return (
    <section ref={bar} tabIndex={-1} className="call-bar" aria-label={t('inCall.region', { party })}>
      <Avatar name={name} />
      <p className="call-bar-text numerals">
        <span className="call-bar-party">{party}</span>
        <span className="call-bar-state">{isTalking ? formatDuration(seconds) : describeStatus(call, t)}</span>
      </p>
      <Button icon={<ArrowLeft aria-hidden />} onPress={onBack}>
        {t('inCall.back')}
      </Button>
      <IconButton
        variant="danger"
        label={t('inCall.hangUp')}
        icon={<PhoneOff aria-hidden />}
        onPress={() => phone.hangUp(call.callId)}
      />
    </section>
  );
}
