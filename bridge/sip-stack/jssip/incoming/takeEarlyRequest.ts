import { createResponse } from '../../message/index.ts';
import type { ServerTransaction } from '../../transport/index.ts';

/** A request of the gateway in a call that we haven't answered: true where it was dealt with. `onBye` ends the call. */
export function takeEarlyRequest(transaction: ServerTransaction, onBye: () => void): boolean {
  const { request } = transaction;
  if (request.method === 'BYE') {
    transaction.respond(createResponse(request, { status: 200 }));
    onBye();
    return true;
  }
  if (request.method !== 'INVITE') return false;
  // Another one before the first was answered (RFC 3261 section 14.2).
  transaction.respond(createResponse(request, { status: 500, headers: [['Retry-After', '5']] }));
  return true;
}
