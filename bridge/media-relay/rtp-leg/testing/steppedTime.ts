/** Time that stands still until it is told, for what schedules one task after the other. */
export function steppedTime(startMs = 1000) {
  let nowMs = startMs;
  const waiting = new Set<{ task: () => void; atMs: number }>();
  const nextDue = () => [...waiting].sort((one, other) => one.atMs - other.atMs)[0];
  return {
    nowMs: () => nowMs,
    schedule: (task: () => void, delayMs: number): (() => void) => {
      const mine = { task, atMs: nowMs + delayMs };
      waiting.add(mine);
      return () => waiting.delete(mine);
    },
    isWaiting: () => waiting.size > 0,
    /** Runs what is due, each time `lateMs` late. */
    advance(ms: number, lateMs = 0): void {
      const endMs = nowMs + ms;
      for (let due = nextDue(); due !== undefined && due.atMs + lateMs <= endMs; due = nextDue()) {
        waiting.delete(due);
        nowMs = Math.max(nowMs, due.atMs + lateMs);
        due.task();
      }
      nowMs = endMs;
    },
    /** The machine does nothing else for so long. */
    standStill(ms: number): void {
      nowMs += ms;
    },
  };
}
