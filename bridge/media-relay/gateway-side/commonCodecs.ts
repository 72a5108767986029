import type { CodecName } from '../../../shared/domain/index.ts';
import { MediaError } from '../port/index.ts';
import type { CodecPayload, GatewayDescription } from '../sdp/index.ts';

/**
 * Of what a gateway may use, what the other side of the call can speak, in the gateway's order.
 * @throws MediaError `noCommonCodec`
 */
export function usableCodecs(
  ofGateway: readonly CodecName[],
  others: { readonly ofCall: readonly CodecName[]; readonly ofBrowser: readonly CodecPayload[] | null },
): CodecName[] {
  const { ofCall, ofBrowser } = others;
  const canSpeak = (codec: CodecName) => ofBrowser === null || ofBrowser.some((browser) => browser.codec === codec);
  const usable = ofGateway.filter((codec) => ofCall.includes(codec) && canSpeak(codec));
  if (usable.length > 0) return usable;
  throw new MediaError('noCommonCodec', 'the gateway and the other side of the call have no codec in common');
}

/**
 * Of a gateway's offer, what can be used, in its order.
 * @throws MediaError `noCommonCodec`
 */
export function commonCodecs(offer: GatewayDescription, usable: readonly CodecName[]): CodecPayload[] {
  const common = offer.codecs.filter(({ codec }) => usable.includes(codec));
  if (common.length > 0) return common;
  throw new MediaError('noCommonCodec', 'the gateway offers no codec that the other side of the call speaks');
}
