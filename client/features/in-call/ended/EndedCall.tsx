import { Phone, UserPlus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useBrand } from '../../../branding/index.ts';
import {
  type ClientCall,
  describeEnd,
  formatDuration,
  useCall,
  useDial,
  useTalkingSeconds,
} from '../../../calling/index.ts';
import { useParty } from '../../../records/index.ts';
import { Button, classNames, IconButton, useCaughtFocus } from '../../../ui/index.ts';
import './EndedCall.css';
import { useRetryHint } from './useRetryHint.ts';

/** What became of the last call, and what can be done next. */
export function EndedCall({ call }: { call: ClientCall }) {
  const { t } = useTranslation();
  const { features } = useBrand();
  const { phone } = useCall();
  const navigate = useNavigate();
  const dial = useDial();
  const card = useCaughtFocus<HTMLElement>();
  const party = useParty(call);
  const seconds = useTalkingSeconds(call) ?? 0;
  const { title, text, isTrouble } = describeEnd(call, formatDuration(seconds), t, navigator.userAgent);
  const retry = useRetryHint(call);
  const isNumberRefused = call.end?.error?.code === 'callerNumberNotAllowed';
  const again = {
    destination: call.number,
    name: party.name ?? undefined,
    isByUsualNumber: isNumberRefused,
    isNumberWithheld: call.isNumberWithheld,
  };
  return (
    <section
      ref={card}
      tabIndex={-1}
      className={classNames('ended-call', isTrouble && 'ended-call-trouble')}
      aria-label={title}
    >
      <div className="ended-call-head">
        <div className="ended-call-text">
          <h2>{title}</h2>
          <p className="ended-call-party numerals">
            {party.name === null ? party.number : `${party.name} · ${party.number}`}
          </p>
        </div>
        <IconButton label={t('inCall.dismiss')} icon={<X aria-hidden />} onPress={() => phone.dismiss()} />
      </div>
      {text !== null && <p className="ended-call-reason">{text}</p>}
      {retry !== null && <p className="ended-call-reason">{retry}</p>}
      <div className="ended-call-actions">
        {party.hasNumber && call.end?.movedTo === undefined && (
          <Button icon={<Phone aria-hidden />} onPress={() => dial(again)}>
            {t(againLabel(call, isNumberRefused))}
          </Button>
        )}
        {features.contacts && party.hasNumber && !party.isContact && !isTrouble && (
          <Button
            variant="quiet"
            icon={<UserPlus aria-hidden />}
            onPress={() => navigate(`/contacts?new=${encodeURIComponent(call.number)}`)}
          >
            {t('inCall.saveNumber')}
          </Button>
        )}
      </div>
    </section>
  );
}

function againLabel({ direction }: ClientCall, isNumberRefused: boolean) {
  if (direction === 'incoming') return 'inCall.dialBack';
  return isNumberRefused ? 'inCall.byUsualNumber' : 'inCall.again';
}
