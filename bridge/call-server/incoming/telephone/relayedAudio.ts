import type { GatewayAudio, GatewayMedia } from '../../../media-relay/index.ts';
import { asRelayed, type GatewayMediaWay } from '../../gateway-dialect/index.ts';

type OfferedAudio = Pick<GatewayAudio, 'applyGatewayAnswer' | 'answerGatewayOffer' | 'reofferGateway' | 'sendDtmf'> & {
  createGatewayOffer(gateway: GatewayMedia & GatewayMediaWay): Promise<string>;
};

/** The audio with a gateway that is called without a browser: whatever the gateway speaks, it goes by the relay. */
export function relayedAudio(audio: GatewayAudio): OfferedAudio {
  return {
    createGatewayOffer: (gateway) => audio.createGatewayOffer(asRelayed(gateway)),
    applyGatewayAnswer: (sdp) => audio.applyGatewayAnswer(sdp),
    answerGatewayOffer: (sdp) => audio.answerGatewayOffer(sdp),
    reofferGateway: (options) => audio.reofferGateway(options),
    sendDtmf: (digits, options) => audio.sendDtmf(digits, options),
  };
}
