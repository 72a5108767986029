import { useEffect, useState } from 'react';

/** Long enough that a word is typed, short enough that nobody waits. */
const settleMs = 250;

export interface Search {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** What to ask the bridge for: the text once it rests. */
  readonly asked: string;
}

/** A search whose every letter is not a request. */
export function useSearch(): Search {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  return { text, setText, asked };
}
