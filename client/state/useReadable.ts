import { useSyncExternalStore } from 'react';
import type { Readable } from './Observable.ts';

/** The present value of a readable, as a hook. */
export function useReadable<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get, readable.get);
}
