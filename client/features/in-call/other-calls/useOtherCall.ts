import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useBrand } from '../../../branding/index.ts';
import {
  type ClientCall,
  canBeHeld,
  describeStatus,
  formatDuration,
  useCall,
  useHeldSeconds,
} from '../../../calling/index.ts';
import { useParty } from '../../../records/index.ts';

export interface OtherCallView {
  readonly name: string | null;
  readonly party: string;
  /** For how long it waits, or what else is to say of it. */
  readonly state: string;
  /** The person talks in the one in front, which is held for this one. */
  readonly isSwap: boolean;
  readonly canResume: boolean;
  readonly resumeLabel: string;
  readonly resume: () => void;
  /** Passes this one on to the other party of the call in front. Null while that can't be. */
  readonly passOn: (() => void) | null;
  readonly passOnLabel: string;
  readonly hangUp: () => void;
}

export function useOtherCall(call: ClientCall, front: ClientCall): OtherCallView {
  const { t } = useTranslation();
  const { features } = useBrand();
  const { phone } = useCall();
  const { name, title: party } = useParty(call);
  const { title: to } = useParty(front);
  const heldSeconds = useHeldSeconds(call);
  const isSwap = !front.isOnHold;
  const canPassOn = features.transfer && canBeHeld(call) && canBeHeld(front);
  return {
    name,
    party,
    state: stateOf(call, heldSeconds, t),
    isSwap,
    canResume: canBeHeld(call) && (canBeHeld(front) || front.phase === 'disconnecting'),
    resumeLabel: t(isSwap ? 'inCall.swapWith' : 'inCall.resumeParty', { party }),
    resume: () => phone.resume(call.callId),
    passOn: canPassOn ? () => phone.transfer(call.callId, { callId: front.callId }) : null,
    passOnLabel: t('inCall.passOnTo', { party, to }),
    hangUp: () => phone.hangUp(call.callId),
  };
}

function stateOf(call: ClientCall, heldSeconds: number | null, t: TFunction): string {
  if (call.transfer !== null) return describeStatus(call, t);
  if (call.phase === 'established' && !call.isOnHold) return t('inCall.silent');
  return heldSeconds === null ? describeStatus(call, t) : t('inCall.heldFor', { time: formatDuration(heldSeconds) });
}
