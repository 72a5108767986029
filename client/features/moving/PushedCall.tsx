import { MonitorSmartphone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CallElsewhere } from '../../../shared/protocol/index.ts';
import { useOtherDevices } from '../../calling/index.ts';
import { useParty } from '../../records/index.ts';
import { Button } from '../../ui/index.ts';
import './ReturnCard.css';
import { useTakeCall } from './useTakeCall.ts';

/** Another device asks whether its call shall go on here. */
export function PushedCall() {
  const { pushed } = useOtherDevices();
  return pushed === null ? null : <Question call={pushed} />;
}

function Question({ call }: { readonly call: CallElsewhere }) {
  const { t } = useTranslation();
  const { otherDevices } = useOtherDevices();
  const take = useTakeCall();
  const { title: party } = useParty({ number: call.otherNumber ?? '', name: call.otherName });
  const question = t('moving.question', { party, device: call.device.name });
  return (
    <section className="return-card" aria-label={question}>
      <MonitorSmartphone aria-hidden />
      <p className="return-card-text" role="alert">
        {question}
      </p>
      <div className="return-card-actions">
        <Button onPress={() => otherDevices.dismissPushed()}>{t('moving.notHere')}</Button>
        <Button variant="call" onPress={() => take(call)}>
          {t('moving.takeOver')}
        </Button>
      </div>
    </section>
  );
}
