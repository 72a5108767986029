import type { CallId } from '../../../shared/domain/index.ts';
import { drop } from '../../state/index.ts';

/** Which tab of this browser has a call. A tab that crashes or is closed loses its locks by itself. */
export interface CallLocks {
  /** Waits in the background until the tab that has it lets it go; returns how to let go again. */
  hold(callId: CallId): () => void;
  /** At once: how to let go again, or null where another tab has it. */
  tryHold(callId: CallId): Promise<(() => void) | null>;
}

const nameOf = (callId: CallId) => `dialbridge.call.${callId}`;

/** By the Web Locks API. Where it is missing (pages that are not secure) nobody is known to be gone, so no call is taken back. */
export function createCallLocks(locks: LockManager | undefined): CallLocks {
  if (locks === undefined) return { hold: () => () => undefined, tryHold: async () => null };
  return {
    hold: (callId) => {
      const { released, release } = untilReleased();
      const giveUp = new AbortController();
      const holding = locks.request(nameOf(callId), { signal: giveUp.signal }, () => released);
      drop(
        holding.catch((error: unknown) => {
          if (!giveUp.signal.aborted) throw error;
        }),
        'holding the lock of a call',
      );
      return () => {
        giveUp.abort();
        release();
      };
    },
    tryHold: (callId) =>
      new Promise((resolve, reject) => {
        const { released, release } = untilReleased();
        const asking = locks.request(nameOf(callId), { ifAvailable: true }, (lock) => {
          resolve(lock === null ? null : release);
          return lock === null ? undefined : released;
        });
        asking.catch(reject);
      }),
  };
}

function untilReleased() {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  return { released, release };
}
