import type { SipRequest } from '../../message/index.ts';
import type { ServerTransaction } from '../../transport/index.ts';
import { sdpOf } from '../dialogs/sdpOf.ts';

/** Whether a request wants to change the session: any INVITE, and an UPDATE with an offer (RFC 3311 section 5.2). */
function isChange(request: SipRequest): boolean {
  return request.method === 'INVITE' || (request.method === 'UPDATE' && sdpOf(request) !== null);
}

/** Changes of one dialog's session that are under way: only one may be, in either direction (RFC 3261 section 14). */
export class OpenOffers {
  #isOurs = false;
  readonly #theirs = new Set<ServerTransaction>();
  #waiters: (() => void)[] = [];

  /** Follows a request of theirs until it is settled, a re-INVITE until its ACK. False where ours is under way: answer 491. */
  admits(transaction: ServerTransaction): boolean {
    if (!isChange(transaction.request)) return true;
    if (this.#isOurs) return false;
    this.#theirs.add(transaction);
    const settle = (): void => this.#settle(transaction);
    transaction.on('acknowledged', settle);
    transaction.on('terminated', settle);
    return true;
  }

  /** We have answered: an UPDATE is settled by that, and so is whatever was refused. */
  answered(transaction: ServerTransaction, status: number): void {
    if (transaction.request.method === 'UPDATE' || status >= 300) this.#settle(transaction);
  }

  /** Whether theirs is under way. */
  get isTheirs(): boolean {
    return this.#theirs.size > 0;
  }

  /** Resolves once none of theirs is under way. */
  async theirsSettled(): Promise<void> {
    while (this.isTheirs) await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  /** Ours leaves; `endOurs` once it is answered for good. */
  beginOurs(): void {
    this.#isOurs = true;
  }

  endOurs(): void {
    this.#isOurs = false;
  }

  #settle(transaction: ServerTransaction): void {
    if (!this.#theirs.delete(transaction) || this.isTheirs) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter();
  }
}
