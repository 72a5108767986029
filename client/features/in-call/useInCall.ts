import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBrand } from '../../branding/index.ts';
import {
  type ClientCall,
  canBeHeld,
  describeStatus,
  formatDuration,
  useCall,
  useHeldSeconds,
  useTalkingSeconds,
} from '../../calling/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';
import { useParty } from '../../records/index.ts';
import { useTones } from './keypad/useTones.ts';

export interface InCallView {
  readonly name: string | null;
  readonly party: string;
  readonly number: string;
  /** Which number of ours they called, or that ours is withheld from them; null: nothing to say. */
  readonly note: string | null;
  /** In words, or the running time. */
  readonly status: string;
  readonly isMuted: boolean;
  readonly isOnHold: boolean;
  readonly can: {
    readonly mute: boolean;
    readonly hold: boolean;
    readonly move: boolean;
    readonly sendTones: boolean;
    readonly hangUp: boolean;
  };
  /** The brand offers tones. */
  readonly hasKeypad: boolean;
  readonly isKeypadOpen: boolean;
  readonly toggleKeypad: () => void;
  /** Key tones sent in this call, in order. */
  readonly tones: string;
  readonly sendDigit: (digit: string) => void;
  readonly toggleMute: () => void;
  readonly toggleHold: () => void;
  /** Null where there is nothing to dial another call with. */
  readonly addCall: (() => void) | null;
  /** Opens the choice of whom to pass the call on to. Null: the brand has it off. */
  readonly passOn: (() => void) | null;
  /** Opens the choice of another device. Null: the person has none. */
  readonly move: (() => void) | null;
  readonly isPassingOn: boolean;
  readonly closePassingOn: () => void;
  readonly hangUp: () => void;
}

export interface InCallWays {
  readonly addCall: (() => void) | null;
  readonly move: (() => void) | null;
}

export function useInCall(call: ClientCall, { addCall, move }: InCallWays): InCallView {
  const { t } = useTranslation();
  const { defaultCountry, features } = useBrand();
  const { phone } = useCall();
  const party = useParty(call);
  const [isKeypadOpen, setIsKeypadOpen] = useState(false);
  const [isPassingOn, setIsPassingOn] = useState(false);
  const { callId, phase, isMuted, isOnHold } = call;
  const canHold = canBeHeld(call);
  const sendTones = features.keypad && ((canHold && !isOnHold) || phase === 'earlyMedia');
  const tones = useTones(sendTones);
  return {
    name: party.name,
    party: party.title,
    number: party.number,
    note: noteOf(call, defaultCountry, t),
    status: useStatusLine(call),
    isMuted,
    isOnHold,
    can: {
      mute: phase !== 'askingMicrophone' && phase !== 'disconnecting',
      hold: canHold,
      move: phase === 'established',
      sendTones,
      hangUp: phase !== 'disconnecting',
    },
    hasKeypad: features.keypad,
    isKeypadOpen: isKeypadOpen && sendTones,
    toggleKeypad: () => setIsKeypadOpen((is) => !is),
    tones: tones.sent,
    sendDigit: tones.send,
    toggleMute: () => phone.setMuted(!isMuted),
    toggleHold: () => (isOnHold ? phone.resume(callId) : phone.hold(callId)),
    addCall,
    passOn: features.transfer ? () => setIsPassingOn(true) : null,
    move,
    isPassingOn: isPassingOn && canHold,
    closePassingOn: () => setIsPassingOn(false),
    hangUp: () => phone.hangUp(callId),
  };
}

/** How the call stands in words; the running time where there is nothing else to say. */
function useStatusLine(call: ClientCall): string {
  const { t } = useTranslation();
  const talking = useTalkingSeconds(call);
  const held = useHeldSeconds(call);
  if (call.phase !== 'established' || talking === null) return describeStatus(call, t);
  return held === null ? formatDuration(talking) : t('inCall.heldFor', { time: formatDuration(held) });
}

function noteOf({ called, isNumberWithheld }: ClientCall, country: string, t: TFunction): string | null {
  if (called !== null) return t('inCall.line', { line: called.name ?? formatNumber(called.number, country) });
  return isNumberWithheld ? t('inCall.withheld') : null;
}
