import type { CodecName } from '../../../shared/domain/index.ts';
import type { DialbridgeError } from '../../../shared/errors/index.ts';
import type { MediaRelay } from '../../media-relay/index.ts';
import { toMediaFault } from '../call-handler/index.ts';
import { callingMediaOf } from '../gateway-dialect/index.ts';
import type { IncomingCallRequest } from './IncomingCallDeps.ts';

/**
 * Those that the gateway offers and may use, best first; all that it may use where the offer is ours.
 * @throws MediaError `badOffer`, `notEncrypted`, `noCommonCodec` for an offer that nobody can answer
 */
export function codecsFor(
  { call, gateway }: Pick<IncomingCallRequest, 'call' | 'gateway'>,
  relay: Pick<MediaRelay, 'codecsIn'>,
): readonly CodecName[] {
  if (call.offer === null) return gateway.codecs;
  return relay.codecsIn(call.offer, callingMediaOf(gateway, call.source.address, call.offer));
}

/** Why nobody of ours could answer the gateway's offer; null: somebody can. */
export function offerFaultOf(
  request: Pick<IncomingCallRequest, 'call' | 'gateway'>,
  relay: Pick<MediaRelay, 'codecsIn'>,
): DialbridgeError | null {
  try {
    codecsFor(request, relay);
    return null;
  } catch (thrown) {
    return toMediaFault(thrown);
  }
}
