/**
 * So many calls fill a worker before another one gets any: about a tenth of a core. Calls that share a worker share its
 * wake-ups and its warm caches: eight calls on one worker took 28 ms of CPU per second, four on each of two 39 ms.
 */
export const callsBeforeNextWorker = 32;

/** The fullest worker that has room, so that few are awake; where none has room, the one with the fewest calls. */
export function chooseWorker<T extends { readonly load: number }>(workers: readonly T[]): T | null {
  const roomy = workers.filter(({ load }) => load < callsBeforeNextWorker);
  const [first, ...others] = roomy.length > 0 ? roomy : workers;
  if (first === undefined) return null;
  const isBetter = (one: T, other: T) => (roomy.length > 0 ? one.load > other.load : one.load < other.load);
  return others.reduce((best, worker) => (isBetter(worker, best) ? worker : best), first);
}
