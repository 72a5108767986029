import type { SessionGrant } from '../../shared/protocol/index.ts';
import {
  type Calling,
  CallKeeper,
  CallReturn,
  type Connection,
  type Continuation,
  createCallLocks,
  type HangUpWishes,
  type KeptCalls,
  OtherDevices,
  type Phone,
  watchNetwork,
} from '../calling/index.ts';
import { browserTimers, drop, type Readable } from '../state/index.ts';

export interface ReturningDeps extends Pick<Calling, 'connection' | 'phone' | 'microphone'> {
  readonly kept: KeptCalls;
  readonly hangUps: HangUpWishes;
  readonly continuation: Readable<Continuation | null>;
}

export interface Returning {
  readonly parts: Pick<Calling, 'callReturn' | 'otherDevices'>;
  /** The person is signed out here: nothing of their calls stays in the browser. Idempotent. */
  close(): void;
}

/** What brings calls back to the person who is signed in, after a crash or from another device. */
export function createReturning(deps: ReturningDeps): Returning {
  const { connection, phone, microphone, kept, hangUps, continuation } = deps;
  // Absent on pages that are not secure.
  const locks = createCallLocks((navigator as Partial<Navigator>).locks);
  const timers = browserTimers;
  const keeper = new CallKeeper({ connection, phone, kept, locks, timers });
  const callReturn = new CallReturn({ connection, phone, microphone, kept, locks, hangUps, timers });
  const otherDevices = new OtherDevices({ connection, phone, origin: location.origin });
  const follow = () => {
    const wanted = continuation.get();
    if (wanted !== null) otherDevices.continueHere(wanted);
  };
  const stop = continuation.subscribe(follow);
  follow();
  return {
    parts: { callReturn, otherDevices },
    close: () => {
      stop();
      otherDevices.close();
      callReturn.close();
      keeper.close();
      hangUps.close();
      kept.clear();
    },
  };
}

/**
 * Where this person's calls are kept. A visitor has no account here, and often somebody else's machine: what is kept of theirs
 * ends with the tab.
 */
export function storageOf({ user }: SessionGrant): Storage {
  return user.role === 'visitor' ? sessionStorage : localStorage;
}

/** Does what the network's changes ask for at once, instead of waiting until something times out. */
export function followNetwork({ connection, phone }: { connection: Connection; phone: Phone }): () => void {
  const check = () => drop(connection.check(), 'checking the connection');
  let wasInterrupted = false;
  const stopFollowing = phone.calls.subscribe(() => {
    const isInterrupted = phone.calls.get().some(({ audio }) => audio === 'interrupted');
    // Where the audio doesn't get through, the socket may not either, and would find out only much later.
    if (isInterrupted && !wasInterrupted) check();
    wasInterrupted = isInterrupted;
  });
  const stopWatching = watchNetwork(window, {
    lost: () => connection.reconnect(),
    changed: () => {
      connection.reconnect();
      phone.networkChanged();
    },
    woken: check,
  });
  return () => {
    stopFollowing();
    stopWatching();
  };
}
