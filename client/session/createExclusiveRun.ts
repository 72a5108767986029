import type { ExclusiveRun } from './Session.ts';

/** One tab at a time by the Web Locks API; pages without it (not secure) just run the task. */
export function createExclusiveRun(locks: LockManager | undefined, name: string): ExclusiveRun {
  if (locks === undefined) return (task) => task();
  return (task) => locks.request(name, task) as ReturnType<typeof task>;
}
