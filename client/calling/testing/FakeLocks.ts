import type { CallId } from '../../../shared/domain/index.ts';
import type { CallLocks } from '../return/CallLocks.ts';

/** Locks of one browser; `others` are held by other tabs. */
export class FakeLocks implements CallLocks {
  readonly held = new Set<CallId>();
  readonly others = new Set<CallId>();

  hold(callId: CallId): () => void {
    this.held.add(callId);
    return () => void this.held.delete(callId);
  }

  async tryHold(callId: CallId): Promise<(() => void) | null> {
    return this.others.has(callId) || this.held.has(callId) ? null : () => undefined;
  }
}
