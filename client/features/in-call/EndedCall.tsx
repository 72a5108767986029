import { Phone, UserPlus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useBrand } from '../../branding/index.ts';
import {
  type ClientCall,
  describeEnd,
  formatDuration,
  useCall,
  useDial,
  useTalkingSeconds,
} from '../../calling/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';
import { useContactByNumber } from '../../records/index.ts';
import { Button, classNames, IconButton, useCaughtFocus } from '../../ui/index.ts';
import './EndedCall.css';
import { useRetryHint } from './useRetryHint.ts';

/** What became of the last call, and what can be done next. */
export function EndedCall({ call }: { call: ClientCall }) {
  const { t } = useTranslation();
  const { defaultCountry, features } = useBrand();
  const { phone } = useCall();
  const navigate = useNavigate();
  const dial = useDial();
  const card = useCaughtFocus<HTMLElement>();
  const contact = useContactByNumber(call.number);
  const seconds = useTalkingSeconds(call) ?? 0;
  const { title, text, isTrouble } = describeEnd(call, formatDuration(seconds), t, navigator.userAgent);
  const retry = useRetryHint(call);
  const isNumberRefused = call.end?.error?.code === 'callerNumberNotAllowed';
  const name = contact?.name ?? call.name;
  const number = formatNumber(call.number, defaultCountry);
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
          <p className="ended-call-party numerals">{name === null ? number : `${name} · ${number}`}</p>
        </div>
        <IconButton label={t('inCall.dismiss')} icon={<X aria-hidden />} onPress={() => phone.dismiss()} />
      </div>
      {text !== null && <p className="ended-call-reason">{text}</p>}
      {retry !== null && <p className="ended-call-reason">{retry}</p>}
      <div className="ended-call-actions">
        <Button
          icon={<Phone aria-hidden />}
          onPress={() => dial({ destination: call.number, name: name ?? undefined, isByUsualNumber: isNumberRefused })}
        >
          {t(isNumberRefused ? 'inCall.byUsualNumber' : 'inCall.again')}
        </Button>
        {features.contacts && contact === undefined && !isTrouble && (
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
