import { Phone, PhoneMissed, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useBrand } from '../../branding/index.ts';
import { type RingingCall, useDial, useIncoming } from '../../calling/index.ts';
import { useCallHistory, useParty } from '../../records/index.ts';
import { drop } from '../../state/index.ts';
import { Button, IconButton } from '../../ui/index.ts';
import './MissedCalls.css';

/** As many as leave the keys their place; the history has all. */
const mostShown = 2;

/** Who called in vain, until the person has seen it. */
export function MissedCalls() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { features } = useBrand();
  const { missed, dismissMissed } = useIncoming();
  const history = useCallHistory();
  if (missed.length === 0) return null;
  const title = t('missed.title', { count: missed.length });
  /** On the other devices, too. */
  const tellSeen = () => {
    if (features.history) drop(history.markSeen(), 'telling that missed calls were seen');
  };
  return (
    <section className="missed-calls" aria-label={title}>
      <div className="missed-calls-head">
        <PhoneMissed aria-hidden />
        <h2>{title}</h2>
        {missed.length > mostShown && features.history && (
          <Button variant="quiet" onPress={() => navigate('/history')}>
            {t('common.seeAll')}
          </Button>
        )}
        <IconButton
          label={t('missed.dismiss')}
          icon={<X aria-hidden />}
          onPress={() => {
            dismissMissed();
            tellSeen();
          }}
        />
      </div>
      <ul>
        {missed.slice(0, mostShown).map((call) => (
          <MissedCall key={call.callId} call={call} onDialled={() => missed.length === 1 && tellSeen()} />
        ))}
      </ul>
    </section>
  );
}

function MissedCall({ call, onDialled }: { readonly call: RingingCall; readonly onDialled: () => void }) {
  const { t, i18n } = useTranslation();
  const { dismissMissed } = useIncoming();
  const dial = useDial();
  const party = useParty(call);
  const time = new Date(call.ringingSinceMs).toLocaleTimeString(i18n.language, { timeStyle: 'short' });
  const dialBack = () => {
    if (!dial({ destination: call.number, name: party.name ?? undefined })) return;
    dismissMissed(call.callId);
    onDialled();
  };
  return (
    <li className="missed-call">
      <span className="missed-call-party numerals">{party.title}</span>
      <time className="missed-call-time numerals" dateTime={new Date(call.ringingSinceMs).toISOString()}>
        {time}
      </time>
      {party.hasNumber && (
        <IconButton
          variant="call"
          label={t('missed.dialBack', { party: party.title })}
          icon={<Phone aria-hidden />}
          onPress={dialBack}
        />
      )}
    </li>
  );
}
