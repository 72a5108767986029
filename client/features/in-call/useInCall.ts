import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBrand } from '../../branding/index.ts';
import { type ClientCall, describeStatus, formatDuration, useCall, useTalkingSeconds } from '../../calling/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';
import { useParty } from '../../records/index.ts';
import { isTyping } from '../../ui/index.ts';

export interface InCallView {
  readonly name: string | null;
  readonly party: string;
  readonly number: string;
  /** Which number of ours they called, or that ours is withheld from them; null: nothing to say. */
  readonly note: string | null;
  /** In words, or the running time. */
  readonly status: string;
  readonly isTalking: boolean;
  /** The brand offers tones. */
  readonly hasKeypad: boolean;
  readonly isKeypadOpen: boolean;
  readonly toggleKeypad: () => void;
  /** Key tones sent in this call, in order. */
  readonly tones: string;
  readonly sendDigit: (digit: string) => void;
  readonly toggleMute: () => void;
  readonly hangUp: () => void;
}

export function useInCall(call: ClientCall): InCallView {
  const { t } = useTranslation();
  const { defaultCountry, features } = useBrand();
  const { phone } = useCall();
  const party = useParty(call);
  const seconds = useTalkingSeconds(call);
  const [isKeypadOpen, setIsKeypadOpen] = useState(false);
  const [tones, setTones] = useState('');
  const isTalking = call.phase === 'established';
  const canSend = features.keypad && (isTalking || call.phase === 'earlyMedia');
  const sendDigit = (digit: string) => {
    setTones((sent) => sent + digit);
    phone.sendDigits(digit);
  };
  useToneKeys(canSend, sendDigit);
  return {
    name: party.name,
    party: party.title,
    number: party.number,
    note: noteOf(call, defaultCountry, t),
    status: isTalking && seconds !== null ? formatDuration(seconds) : describeStatus(call, t),
    isTalking,
    hasKeypad: features.keypad,
    isKeypadOpen: isKeypadOpen && canSend,
    toggleKeypad: () => setIsKeypadOpen((is) => !is),
    tones,
    sendDigit,
    toggleMute: () => phone.setMuted(!call.isMuted),
    hangUp: () => phone.hangUp(),
  };
}

function noteOf({ called, isNumberWithheld }: ClientCall, country: string, t: TFunction): string | null {
  if (called !== null) return t('inCall.line', { line: called.name ?? formatNumber(called.number, country) });
  return isNumberWithheld ? t('inCall.withheld') : null;
}

/** Digits on the keyboard are key tones while there is somebody to hear them. */
function useToneKeys(isActive: boolean, onDigit: (digit: string) => void): void {
  useEffect(() => {
    if (!isActive) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || !/^[0-9*#]$/.test(event.key)) return;
      event.preventDefault();
      onDigit(event.key);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}
