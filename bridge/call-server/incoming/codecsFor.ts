import type { CodecName } from '../../../shared/domain/index.ts';
import type { MediaRelay } from '../../media-relay/index.ts';
import type { IncomingCallRequest } from './IncomingCallDeps.ts';

/** Those that the gateway offers and may use, best first; all that it may use where the offer is ours. */
export function codecsFor(
  { call, gateway }: Pick<IncomingCallRequest, 'call' | 'gateway'>,
  relay: Pick<MediaRelay, 'codecsIn'>,
): readonly CodecName[] {
  if (call.offer === null) return gateway.codecs;
  return relay.codecsIn(call.offer).filter((codec) => gateway.codecs.includes(codec));
}
