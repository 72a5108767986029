import { setImmediate } from 'node:timers/promises';

/** How long others may have to wait, in milliseconds. */
const sliceMs = 4;

/** Runs work that yields every now and then a few milliseconds at a time, so that calls go on meanwhile. */
export async function inSlices(work: Iterable<unknown>): Promise<void> {
  let endsAtMs = performance.now() + sliceMs;
  for (const _ of work) {
    if (performance.now() < endsAtMs) continue;
    await setImmediate();
    endsAtMs = performance.now() + sliceMs;
  }
}
