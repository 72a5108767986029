import { ArrowLeftRight, PhoneForwarded, PhoneOff, Play, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ClientCall, describeEnd, useCall } from '../../../calling/index.ts';
import { useParty } from '../../../records/index.ts';
import { Avatar, Button, IconButton } from '../../../ui/index.ts';
import './OtherCalls.css';
import { useOtherCall } from './useOtherCall.ts';

export interface OtherCallsProps {
  readonly calls: readonly ClientCall[];
  /** The call that the screen is about. */
  readonly front: ClientCall;
}

/** The calls besides the one in front: who waits, for how long, and the way back to them. */
export function OtherCalls({ calls, front }: OtherCallsProps) {
  const { t } = useTranslation();
  const { ended } = useCall();
  if (calls.length === 0 && ended === null) return null;
  return (
    <div className="other-calls">
      {ended !== null && <EndedNote key={ended.callId} call={ended} />}
      {calls.length > 0 && (
        <ul aria-label={t('inCall.others')}>
          {calls.map((call) => (
            <OtherCall key={call.callId} call={call} front={front} />
          ))}
        </ul>
      )}
    </div>
  );
}

function OtherCall({ call, front }: { call: ClientCall; front: ClientCall }) {
  const { t } = useTranslation();
  const view = useOtherCall(call, front);
  return (
    <li className="other-call">
      <Avatar name={view.name} />
      <span className="other-call-text">
        <span className="other-call-party numerals">{view.party}</span>
        <span className="other-call-state numerals">{view.state}</span>
      </span>
      <IconButton
        variant="danger"
        label={t('inCall.hangUpParty', { party: view.party })}
        icon={<PhoneOff aria-hidden />}
        onPress={view.hangUp}
      />
      <span className="other-call-actions">
        <Button
          aria-label={view.resumeLabel}
          isDisabled={!view.canResume}
          icon={view.isSwap ? <ArrowLeftRight aria-hidden /> : <Play aria-hidden />}
          onPress={view.resume}
        >
          {t(view.isSwap ? 'inCall.swap' : 'inCall.resume')}
        </Button>
        {view.passOn !== null && (
          <Button aria-label={view.passOnLabel} icon={<PhoneForwarded aria-hidden />} onPress={view.passOn}>
            {t('inCall.passOn')}
          </Button>
        )}
      </span>
    </li>
  );
}

/** How another call ended, while the person is still in this one. */
function EndedNote({ call }: { call: ClientCall }) {
  const { t } = useTranslation();
  const { phone } = useCall();
  const { title } = useParty(call);
  const end = describeEnd(call, '', t, navigator.userAgent);
  return (
    <div className="other-call-ended">
      <p role="status">{t('inCall.otherEnded', { party: title, end: end.title })}</p>
      <IconButton label={t('inCall.dismiss')} icon={<X aria-hidden />} onPress={() => phone.dismiss()} />
    </div>
  );
}
