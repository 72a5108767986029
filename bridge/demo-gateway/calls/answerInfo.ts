import type { SipResponse } from '../../sip-stack/message/index.ts';
import type { ServerTransaction } from '../../sip-stack/transport/index.ts';
import { readInfoDigit } from './readInfoDigit.ts';
import { reply } from './responses.ts';

/** Takes the key in an INFO; one that carries nothing is a sign of life and welcome. */
export function answerInfo(
  transaction: ServerTransaction,
  call: { controls: { pressed(digit: string): void }; toTag: string },
): SipResponse {
  const digit = readInfoDigit(transaction.request);
  if (digit !== null) call.controls.pressed(digit);
  const isUnderstood = digit !== null || transaction.request.body === '';
  return reply(transaction, {
    toTag: call.toTag,
    ...(isUnderstood
      ? { status: 200 }
      : { status: 415, headers: [['Accept', 'application/dtmf-relay, application/dtmf'] as const] }),
  });
}
