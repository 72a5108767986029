import { useEffect, useRef } from 'react';
import { usePreferences } from '../../../preferences/index.ts';
import { isTyping } from '../../../ui/index.ts';

/** The keys of a call, as the tooltips show them. */
export const callKeys = { mute: 'M', hold: 'H', keypad: 'K', addCall: 'A', passOn: 'T', move: 'D', swap: 'S' } as const;

export type CallKey = keyof typeof callKeys;

/** Letters do what the buttons do, while nothing is being written and the person wants it; what can't be done now is left out. */
export function useCallKeys(actions: Partial<Record<CallKey, () => void>>): void {
  const { hasSingleKeys } = usePreferences().values;
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    if (!hasSingleKeys) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      const names = Object.keys(callKeys) as CallKey[];
      const name = names.find((candidate) => callKeys[candidate] === event.key.toUpperCase());
      const act = name === undefined ? undefined : latest.current[name];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [hasSingleKeys]);
}
