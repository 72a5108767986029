import { MediaError } from '../../../media-relay/index.ts';
import type { Logger } from '../../../observability/index.ts';
import { SipRequestError } from '../../../sip-stack/index.ts';
import type { DirectableAudio } from './DirectableAudio.ts';

export interface ReofferPlainDeps {
  readonly audio: Pick<DirectableAudio, 'giveUpDtls' | 'takeUpDtls'>;
  readonly logger: Logger;
}

/**
 * What a gateway is offered that refused the relay as DTLS-SRTP in the browser's place: the same as others are, once. Where it takes that no
 * better, what is offered next (another codec) is DTLS-SRTP again.
 */
export async function reofferPlain<Answer>(
  { audio, logger }: ReofferPlainDeps,
  refusal: unknown,
  again: () => Promise<Answer>,
): Promise<Answer> {
  if (!isOfOffer(refusal) || !audio.giveUpDtls()) throw refusal;
  logger.info({ error: refusal }, 'A gateway took no DTLS-SRTP from the relay, and is offered what others are');
  try {
    return await again();
  } catch (error) {
    audio.takeUpDtls();
    throw error;
  }
}

/** What was offered wasn’t to be had; another offer may be (RFC 3261 section 21.4.26). */
function isOfOffer(error: unknown): boolean {
  if (error instanceof MediaError) return error.code === 'notEncrypted' || error.code === 'badAnswer';
  return error instanceof SipRequestError && [415, 488, 606].includes(error.status ?? 0);
}
