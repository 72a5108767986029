import { useEffect, useState } from 'react';

/** Long enough that a word is typed, short enough that nobody waits. */
const settleMs = 250;

/** A value once it rests, so that its every letter is not a request. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
