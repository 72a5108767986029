import type { Gateway } from '../../../shared/admin/index.ts';
import type { CodecName } from '../../../shared/domain/index.ts';
import type { GatewayMedia } from '../../media-relay/index.ts';

export interface GatewayMediaWay {
  /** It speaks WebRTC: the audio of a browser may go to it without us. */
  readonly isDirect?: boolean;
}

/** How audio is exchanged with a gateway that is reached at this IP address; `only` some of its codecs, in that order. */
export function gatewayMediaOf(
  { codecs, srtp, audioSource, media }: Pick<Gateway, 'codecs' | 'srtp' | 'audioSource' | 'media'>,
  toAddress: string,
  only?: readonly CodecName[],
): GatewayMedia & GatewayMediaWay {
  return {
    codecs: only?.filter((codec) => codecs.includes(codec)) ?? codecs,
    ...{ srtp, audioSource, toAddress },
    ...(media === 'direct' && { isDirect: true }),
  };
}
