import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

const Now = createContext(0);

/** Lets what is inside know the time by the clock of the bridge, to the second. */
export function NowProvider({ atMs, children }: { readonly atMs: number; readonly children: ReactNode }) {
  const [now, setNow] = useState(atMs);
  useEffect(() => {
    const startedAt = performance.now();
    const tick = () => setNow(atMs + performance.now() - startedAt);
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [atMs]);
  return <Now value={now}>{children}</Now>;
}

/** How long it is since then, as `1:02:03`. Rows stay as they are while it ticks. */
export function Since({ atMs }: { readonly atMs: number }) {
  const seconds = Math.max(0, Math.floor((useContext(Now) - atMs) / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (amount: number) => String(amount).padStart(2, '0');
  const rest = `${two(minutes)}:${two(seconds % 60)}`;
  return <span className="numerals">{hours > 0 ? `${hours}:${rest}` : rest.replace(/^0/, '')}</span>;
}
