import type { UA } from 'jssip';

/** A JsSIP transaction, as far as the adapter gives it a better branch. */
interface JsSipTransaction {
  type: 'ict' | 'nict' | 'ist' | 'nist';
  id: string;
  request: { setHeader(name: string, value: string): void };
}

/** What JsSIP keeps; private to it, looked at so that nothing is left behind and nothing collides. */
interface JsSipInternals {
  _sessions: Record<string, unknown>;
  _dialogs: Record<string, unknown>;
  transport: { disconnect(): void };
  _transactions: Record<JsSipTransaction['type'], Record<string, unknown>>;
  on(event: 'newTransaction', listener: (data: { transaction: JsSipTransaction }) => void): void;
}

function internals(ua: UA): JsSipInternals {
  return ua as unknown as JsSipInternals;
}

/** JsSIP draws branches from ten million values; each gets a strong one the moment it is made, before anything is sent. */
export function strengthenBranches(ua: UA, token: () => string): void {
  internals(ua).on('newTransaction', ({ transaction }) => {
    if (transaction.type !== 'ict' && transaction.type !== 'nict') return;
    const all = internals(ua)._transactions[transaction.type];
    delete all[transaction.id];
    transaction.id = `z9hG4bK${token()}`;
    all[transaction.id] = transaction;
    transaction.request.setHeader('via', `SIP/2.0/UDP jssip.invalid;branch=${transaction.id}`);
  });
}

/** The timers that keep a transaction for repeats of the 2xx or of the INVITE (RFC 6026). */
interface AcceptedTransactions {
  readonly ict: { M?: NodeJS.Timeout; timer_M(): void };
  readonly ist: { L?: NodeJS.Timeout; timer_L(): void };
}

/** Ends JsSIP's INVITE transaction after the ACK: repeats stop at the transport layer, and 32 s of it cost memory. */
export function finishAccepted(ua: UA, branch: string): void {
  const { ict, ist } = internals(ua)._transactions;
  const ours = ict[branch] as AcceptedTransactions['ict'] | undefined;
  const theirs = ist[branch] as AcceptedTransactions['ist'] | undefined;
  clearTimeout(ours?.M);
  ours?.timer_M();
  clearTimeout(theirs?.L);
  theirs?.timer_L();
}

/** Sessions, dialogs and transactions that a user agent still holds. */
export function countHeld(ua: UA): { sessions: number; dialogs: number; transactions: number } {
  const { _sessions, _dialogs, _transactions } = internals(ua);
  return {
    sessions: Object.keys(_sessions).length,
    dialogs: Object.keys(_dialogs).length,
    transactions: Object.values(_transactions).reduce((sum, some) => sum + Object.keys(some).length, 0),
  };
}

/** Ends JsSIP's transactions with their timers, of which those after a 2xx would run for another 32 s. */
export function disconnect(ua: UA): void {
  internals(ua).transport.disconnect();
}

interface InDialogOptions {
  readonly extraHeaders?: string[];
  readonly body?: string;
  /** JsSIP's own handlers end the call when a request isn't answered; these take their place. */
  readonly eventHandlers?: Readonly<Record<string, () => void>>;
}

interface RequestSender {
  sendRequest(method: string, options: InDialogOptions): void;
}

/** A request inside the confirmed dialog of a session, for which JsSIP's types have no word. */
export function sendInDialog(session: object, method: string, options: InDialogOptions): void {
  (session as RequestSender).sendRequest(method, options);
}

/** The early dialog of a fork; JsSIP itself only ever speaks in the first. */
export function earlyDialog(session: object, id: string): RequestSender | undefined {
  return (session as { _earlyDialogs?: Record<string, RequestSender> })._earlyDialogs?.[id];
}
