import { PhoneCall } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type AbandonedCall, useAbandonedCalls } from '../../calling/index.ts';
import { useParty } from '../../records/index.ts';
import { Button } from '../../ui/index.ts';
import './ReturnCard.css';

/** Calls of before a crash that wait for a press, since the browser will ask for the microphone. */
export function AbandonedCalls() {
  const { waiting } = useAbandonedCalls();
  return waiting.map((call) => <Waiting key={call.callId} call={call} />);
}

function Waiting({ call }: { readonly call: AbandonedCall }) {
  const { t } = useTranslation();
  const { callReturn } = useAbandonedCalls();
  const { title: party } = useParty(call);
  const title = t('moving.stillThere', { party });
  return (
    <section className="return-card" aria-label={title}>
      <PhoneCall aria-hidden />
      <div className="return-card-text" role="alert">
        <p>{title}</p>
        <p className="return-card-hint">{t('moving.willAsk')}</p>
      </div>
      <div className="return-card-actions">
        <Button variant="danger" onPress={() => callReturn.hangUp(call.callId)}>
          {t('inCall.hangUp')}
        </Button>
        <Button variant="call" onPress={() => callReturn.take(call.callId)}>
          {t('moving.takeBack')}
        </Button>
      </div>
    </section>
  );
}
