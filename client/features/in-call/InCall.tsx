import { useTranslation } from 'react-i18next';
import { type ClientCall, useCall } from '../../calling/index.ts';
import { Avatar, classNames, Keypad, useCaughtFocus } from '../../ui/index.ts';
import { CallControls } from './controls/CallControls.tsx';
import { useCallKeys } from './controls/useCallKeys.ts';
import './InCall.css';
import { CallNotice } from './notices/CallNotice.tsx';
import { LimitNotice } from './notices/LimitNotice.tsx';
import { OtherCalls } from './other-calls/OtherCalls.tsx';
import { PassOnDialog } from './passing-on/PassOnDialog.tsx';
import { SignalStrength } from './quality/SignalStrength.tsx';
import { type InCallView, useInCall } from './useInCall.ts';

export interface InCallProps {
  readonly call: ClientCall;
  /** The others that are up. */
  readonly others?: readonly ClientCall[];
  /** Makes room for the dial pad and the address book, without losing the call. */
  readonly onAddCall?: () => void;
  /** Lets the person choose another device for the call. Absent: there can be none. */
  readonly onMove?: (() => void) | undefined;
}

/** The call screen: who, how it stands, and what can be done. */
export function InCall({ call, others = [], onAddCall, onMove }: InCallProps) {
  const { t } = useTranslation();
  const view = useInCall(call, { addCall: onAddCall ?? null, move: onMove ?? null });
  const screen = useCaughtFocus<HTMLElement>();
  useKeys(view, others[0] ?? null);
  return (
    <section ref={screen} tabIndex={-1} className="in-call" aria-label={t('inCall.region', { party: view.party })}>
      <OtherCalls calls={others} front={call} />
      <div className="in-call-notices">
        <LimitNotice call={call} />
        <CallNotice call={call} onPassOn={view.passOn} />
      </div>
      <Who call={call} view={view} />
      {view.isKeypadOpen && (
        <div className="in-call-keypad">
          <p className="in-call-tones numerals" role="img" aria-label={`${t('inCall.tones')}: ${view.tones}`}>
            {view.tones}
          </p>
          <Keypad label={t('inCall.keys')} onKey={view.sendDigit} surface="stage" />
        </div>
      )}
      <CallControls view={view} />
      {view.isPassingOn && <PassOnDialog call={call} others={others} onClose={view.closePassingOn} />}
    </section>
  );
}

function Who({ call, view }: { call: ClientCall; view: InCallView }) {
  const { t } = useTranslation();
  const isWaiting = call.phase !== 'established' && call.phase !== 'disconnecting';
  return (
    <div className={classNames('in-call-party', view.isKeypadOpen && 'in-call-party-small')}>
      <span className={classNames('in-call-avatar', isWaiting && 'in-call-avatar-waiting')}>
        <Avatar name={view.name} size={view.isKeypadOpen ? 'l' : 'xl'} />
      </span>
      <h2 className="in-call-name">{view.party}</h2>
      {view.name !== null && !view.isKeypadOpen && <p className="in-call-number numerals">{view.number}</p>}
      {view.note !== null && !view.isKeypadOpen && <p className="in-call-number numerals">{view.note}</p>}
      <p className="in-call-status numerals">{view.status}</p>
      {call.mediaWay === 'direct' && call.phase === 'established' && (
        <p className="in-call-number">{t('inCall.direct')}</p>
      )}
      <SignalStrength call={call} />
    </div>
  );
}

/** The letters of the buttons, while these can be pressed. */
function useKeys(view: InCallView, other: ClientCall | null): void {
  const { phone } = useCall();
  const { can } = view;
  useCallKeys({
    ...(can.mute && { mute: view.toggleMute }),
    ...(view.hasKeypad && can.sendTones && { keypad: view.toggleKeypad }),
    ...(can.hold && { hold: view.toggleHold }),
    ...(can.hold && view.addCall !== null && { addCall: view.addCall }),
    ...(can.hold && view.passOn !== null && { passOn: view.passOn }),
    ...(can.move && view.move !== null && { move: view.move }),
    ...(can.hold && other !== null && { swap: () => phone.resume(other.callId) }),
  });
}
