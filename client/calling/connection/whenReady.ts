import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Readable, Timers } from '../../state/index.ts';
import type { ConnectionState } from './Connection.ts';

export interface ReadyWait {
  readonly timers: Timers;
  /** By this machine's clock, in milliseconds since the epoch. */
  readonly deadlineAt: number;
  readonly signal: AbortSignal | undefined;
}

/** Resolves when requests can be sent. @throws DialbridgeError the refusal, or `requestTimeout`; the signal's reason */
export function whenReady(state: Readable<ConnectionState>, { timers, deadlineAt, signal }: ReadyWait): Promise<void> {
  return new Promise((resolve, reject) => {
    let finish = () => {};
    const settle = (conclude: () => void) => {
      finish();
      conclude();
    };
    const look = () => {
      const present = state.get();
      if (signal?.aborted) settle(() => reject(signal.reason));
      else if (present.kind === 'ready') settle(resolve);
      else if (present.kind === 'refused') settle(() => reject(present.error));
    };
    const stopListening = state.subscribe(look);
    const stopTimer = timers.after(Math.max(0, deadlineAt - timers.now()), () =>
      settle(() => reject(new DialbridgeError('requestTimeout'))),
    );
    signal?.addEventListener('abort', look);
    finish = () => {
      stopListening();
      stopTimer();
      signal?.removeEventListener('abort', look);
    };
    look();
  });
}
