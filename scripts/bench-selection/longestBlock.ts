import { setImmediate } from 'node:timers/promises';

/** The longest time for which the event loop had no turn while some work went on, in milliseconds. */
export async function longestBlock(work: Promise<unknown>): Promise<number> {
  const done = { is: false };
  void work.finally(() => {
    done.is = true;
  });
  let longest = 0;
  let lastAt = performance.now();
  while (!done.is) {
    await setImmediate();
    const now = performance.now();
    longest = Math.max(longest, now - lastAt);
    lastAt = now;
  }
  await work;
  return longest;
}
