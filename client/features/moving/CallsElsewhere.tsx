import { useTranslation } from 'react-i18next';
import type { CallElsewhere } from '../../../shared/protocol/index.ts';
import { formatDuration, useAbandonedCalls, useOtherDevices, useSecondsUntil } from '../../calling/index.ts';
import { useParty } from '../../records/index.ts';
import { Avatar, Button } from '../../ui/index.ts';
import './ReturnCard.css';
import { useTakeCall } from './useTakeCall.ts';

/** The person's calls at other devices, to be taken here as one takes a handset. */
export function CallsElsewhere() {
  const { t } = useTranslation();
  const { elsewhere, pushed } = useOtherDevices();
  const { waiting } = useAbandonedCalls();
  // What a card asks about already is not listed besides.
  const isAskedFor = ({ callId }: CallElsewhere) =>
    pushed?.callId === callId || waiting.some((call) => call.callId === callId);
  const calls = elsewhere.calls.filter((call) => !isAskedFor(call));
  if (calls.length === 0) return null;
  return (
    <section aria-label={t('moving.elsewhere')}>
      {calls.map((call) => (
        <Elsewhere key={call.callId} call={call} />
      ))}
    </section>
  );
}

function Elsewhere({ call }: { readonly call: CallElsewhere }) {
  const { t } = useTranslation();
  const take = useTakeCall();
  const { name, title: party } = useParty({ number: call.otherNumber ?? '', name: call.otherName });
  const secondsLeft = useSecondsUntil(call.heldUntil);
  const device = call.device.name;
  const where =
    secondsLeft === null
      ? t('moving.onDevice', { device })
      : t('moving.deviceAway', { device, time: formatDuration(secondsLeft) });
  return (
    <div className="return-card return-card-row">
      <Avatar name={name} />
      <div className="return-card-text">
        <p className="numerals">{party}</p>
        <p className="return-card-hint numerals">{where}</p>
      </div>
      <div className="return-card-actions">
        <Button variant="call" aria-label={t('moving.takeHereParty', { party })} onPress={() => take(call)}>
          {t('moving.takeHere')}
        </Button>
      </div>
    </div>
  );
}
