import { dialogOfUas } from '../../sip-stack/message/index.ts';
import type { ServerTransaction } from '../../sip-stack/transport/index.ts';
import type { CallAudio } from './CallAudio.ts';
import { reply } from './responses.ts';

/**
 * Answers a new offer inside the call, or makes one where the INVITE has none (RFC 3261 section 14.2). Returns where the
 * other side is to be reached from now on; null when the INVITE was refused and all stays as it was.
 */
export function answerReInvite(
  transaction: ServerTransaction,
  call: { audio: CallAudio | null; toTag: string },
): string | null {
  const { request } = transaction;
  const { audio, toTag } = call;
  const description = (request.body === '' ? audio?.description : audio?.answer(request.body)) ?? null;
  if (audio === null || description === null) {
    transaction.respond(reply(transaction, { status: 488, toTag }));
    return null;
  }
  if (request.body === '') transaction.on('acknowledged', (ack) => void audio.takeAnswer(ack.body));
  const response = reply(transaction, { status: 200, toTag, description });
  transaction.respond(response);
  return dialogOfUas(request, response)?.remoteTarget ?? null;
}
