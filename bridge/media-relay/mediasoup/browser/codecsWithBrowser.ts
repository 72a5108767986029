import type { CodecName } from '../../../../shared/domain/index.ts';
import { MediaError } from '../../port/index.ts';
import type { BrowserOffer, CodecPayload } from '../../sdp/index.ts';

/**
 * The codecs of the call that the browser speaks; first the gateway's choice where it has chosen.
 * @throws MediaError `noCommonCodec`
 */
export function codecsWithBrowser(
  offer: BrowserOffer,
  { ofCall, chosen }: { readonly ofCall: readonly CodecName[]; readonly chosen: CodecName | null },
): CodecPayload[] {
  const wanted = chosen === null ? [] : [chosen];
  const order = [...wanted, ...ofCall.filter((codec) => codec !== chosen)];
  const common = order.flatMap((codec) => offer.codecs.filter((candidate) => candidate.codec === codec));
  if (common.length === 0 || (chosen !== null && common[0]?.codec !== chosen)) {
    throw new MediaError('noCommonCodec', 'the browser speaks no codec of the call');
  }
  return common;
}
