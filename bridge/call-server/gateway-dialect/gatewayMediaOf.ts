import type { Gateway } from '../../../shared/admin/index.ts';
import type { CodecName } from '../../../shared/domain/index.ts';
import type { GatewayMedia } from '../../media-relay/index.ts';

/** How audio is exchanged with a gateway that is reached at this IP address; `only` some of its codecs, in that order. */
export function gatewayMediaOf(
  { codecs, srtp, audioSource }: Pick<Gateway, 'codecs' | 'srtp' | 'audioSource'>,
  toAddress: string,
  only?: readonly CodecName[],
): GatewayMedia {
  return { codecs: only?.filter((codec) => codecs.includes(codec)) ?? codecs, srtp, audioSource, toAddress };
}
