import { useState } from 'react';
import { useSettled } from './useSettled.ts';

export interface Search {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** What to ask the bridge for: the text once it rests. */
  readonly asked: string;
}

/** A search whose every letter is not a request. */
export function useSearch(): Search {
  const [text, setText] = useState('');
  return { text, setText, asked: useSettled(text.trim()) };
}
