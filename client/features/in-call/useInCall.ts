import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBrand } from '../../branding/index.ts';
import { type ClientCall, describeStatus, formatDuration, useCall, useTalkingSeconds } from '../../calling/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';
import { useContactByNumber } from '../../records/index.ts';
import { isTyping } from '../../ui/index.ts';

export interface InCallView {
  readonly name: string | null;
  readonly party: string;
  readonly number: string;
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
  const contact = useContactByNumber(call.number);
  const seconds = useTalkingSeconds(call);
  const [isKeypadOpen, setIsKeypadOpen] = useState(false);
  const [tones, setTones] = useState('');
  const isTalking = call.phase === 'established';
  const canSend = features.keypad && (isTalking || call.phase === 'earlyMedia');
  const sendDigit = (digit: string) => {
    setTones((sent) => sent + digit);
    phone.sendDigit(digit);
  };
  useToneKeys(canSend, sendDigit);
  const number = formatNumber(call.number, defaultCountry);
  const name = contact?.name ?? call.name;
  return {
    name,
    party: name ?? number,
    number,
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
