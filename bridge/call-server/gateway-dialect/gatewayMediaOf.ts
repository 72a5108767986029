import type { Gateway } from '../../../shared/admin/index.ts';
import type { CodecName } from '../../../shared/domain/index.ts';
import { type GatewayMedia, offersDtls } from '../../media-relay/index.ts';

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

/** The same by the relay, and no other way: who speaks with browsers is spoken to as they do, so that it needs nothing else. */
export function asRelayed({ isDirect, ...media }: GatewayMedia & GatewayMediaWay): GatewayMedia {
  return isDirect ? { ...media, srtp: 'dtls' } : media;
}

/** Of a call that the gateway made: what its offer is, where it made one, goes before what it could speak. */
export function callingMediaOf(
  gateway: Parameters<typeof gatewayMediaOf>[0],
  from: string,
  offer: string | null,
): GatewayMedia {
  const { isDirect, ...media } = gatewayMediaOf(gateway, from);
  return asRelayed({ ...media, isDirect: isDirect === true && (offer === null || offersDtls(offer)) });
}
