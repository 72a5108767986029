import { useCallback, useEffect, useRef, useState } from 'react';

export interface Live<Value> {
  /** As it was read last; null: not yet. */
  readonly value: Value | null;
  /** Why it could not be read just now; it is tried again by itself. */
  readonly error: unknown;
  /** Reads it at once. */
  readonly refresh: () => void;
}

export interface LiveOptions<Value> {
  /** Says when it is about something else. */
  readonly key: string;
  readonly read: () => Promise<Value>;
  readonly everyMs: number;
  /** With this value it stays as it is: nothing is asked any more. */
  readonly isFinal?: (value: Value) => boolean;
}

/** Reads something again and again while the page is in sight, and at once when it comes into sight. What was read stays meanwhile. */
export function useLive<Value>({ key, read, everyMs, isFinal }: LiveOptions<Value>): Live<Value> {
  const [state, setState] = useState<{ key: string; value: Value | null; error: unknown }>({
    key,
    value: null,
    error: null,
  });
  const [times, setTimes] = useState(0);
  const latest = useRef({ read, isFinal });
  latest.current = { read, isFinal };

  // biome-ignore lint/correctness/useExhaustiveDependencies: `times` asks again.
  useEffect(() => {
    let isCurrent = true;
    let isOver = false;
    let isAsking = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      if (isAsking || isOver || document.visibilityState === 'hidden') return;
      isAsking = true;
      clearTimeout(timer);
      try {
        const value = await latest.current.read();
        if (!isCurrent) return;
        isOver = latest.current.isFinal?.(value) ?? false;
        setState({ key, value, error: null });
      } catch (error) {
        if (isCurrent) setState((present) => ({ key, value: present.key === key ? present.value : null, error }));
      } finally {
        isAsking = false;
        if (isCurrent && !isOver) timer = setTimeout(() => void ask(), everyMs);
      }
    };
    const look = () => void ask();
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [key, everyMs, times]);

  const refresh = useCallback(() => setTimes((present) => present + 1), []);
  return state.key === key
    ? { value: state.value, error: state.error, refresh }
    : { value: null, error: null, refresh };
}
