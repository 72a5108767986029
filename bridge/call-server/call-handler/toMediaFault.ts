import { DialbridgeError, type ErrorCode } from '../../../shared/errors/index.ts';
import { MediaError, type MediaErrorCode } from '../../media-relay/index.ts';

const codes = {
  badOffer: 'badOffer',
  badAnswer: 'gatewayProtocol',
  noCommonCodec: 'noCommonCodec',
  notEncrypted: 'gatewayProtocol',
  portsExhausted: 'mediaUnavailable',
  workerUnavailable: 'mediaUnavailable',
  closed: 'callEnded',
} as const satisfies Record<MediaErrorCode, ErrorCode>;

/** The relay's errors in the words of the protocol. */
export function toMediaFault(thrown: unknown): DialbridgeError {
  if (thrown instanceof DialbridgeError) return thrown;
  if (!(thrown instanceof MediaError)) return new DialbridgeError('internal', { cause: thrown });
  return new DialbridgeError(codes[thrown.code], { details: { detail: thrown.message }, cause: thrown });
}
