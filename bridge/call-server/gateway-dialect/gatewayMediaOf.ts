import type { Gateway } from '../../../shared/admin/index.ts';
import type { GatewayMedia } from '../../media-relay/index.ts';

/** How audio is exchanged with a gateway that is reached at this IP address. */
export function gatewayMediaOf(
  { codecs, srtp, audioSource }: Pick<Gateway, 'codecs' | 'srtp' | 'audioSource'>,
  toAddress: string,
): GatewayMedia {
  return { codecs, srtp, audioSource, toAddress };
}
