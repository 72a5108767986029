import { Phone, PhoneIncoming, PhoneOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { canBeHeld, type RingingCall, useCall, useIncoming } from '../../calling/index.ts';
import { Avatar, Button } from '../../ui/index.ts';
import './CallWaiting.css';
import { useRingingCall } from './useRingingCall.ts';

/** Who else calls while the person talks. Takes no focus and no keys: those belong to the call that is up. */
export function CallWaiting() {
  const { t } = useTranslation();
  const { ringing } = useIncoming();
  if (ringing.length === 0) return null;
  return (
    <section className="call-waiting" aria-label={t('incoming.waiting')}>
      {ringing.map((call) => (
        <WaitingCall key={call.callId} call={call} />
      ))}
    </section>
  );
}

function WaitingCall({ call }: { readonly call: RingingCall }) {
  const { t } = useTranslation();
  const { party, line, accept, endAndAccept, decline } = useRingingCall(call);
  const { active } = useCall();
  const isHeldFor = active !== null && canBeHeld(active);
  return (
    <div className="waiting-call">
      <Avatar name={party.name} />
      <div className="waiting-call-text" role="alert">
        <p className="waiting-call-party numerals">{t('incoming.calls', { party: party.title })}</p>
        <p className="waiting-call-line">{line}</p>
      </div>
      <div className="waiting-call-actions">
        <Button
          aria-label={t('incoming.declineParty', { party: party.title })}
          icon={<PhoneOff aria-hidden />}
          onPress={decline}
        >
          {t('incoming.decline')}
        </Button>
        <Button
          variant={isHeldFor ? 'secondary' : 'call'}
          aria-label={t('incoming.endAndAcceptParty', { party: party.title })}
          icon={<Phone aria-hidden />}
          onPress={endAndAccept}
        >
          {t('incoming.endAndAccept')}
        </Button>
        {isHeldFor && (
          <Button
            variant="call"
            aria-label={t('incoming.holdAndAcceptParty', { party: party.title })}
            icon={<PhoneIncoming aria-hidden />}
            onPress={accept}
          >
            {t('incoming.holdAndAccept')}
          </Button>
        )}
      </div>
    </div>
  );
}
