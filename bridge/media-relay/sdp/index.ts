export type { SrtpPolicy } from './chooseAudio.ts';
export { chooseCodecPayloads, chooseEvent, chooseEventPayloads } from './choosePayloads.ts';
export {
  type CodecPayload,
  codecFormats,
  type Direction,
  type EventPayload,
  reverseDirection,
} from './codecFormats.ts';
export { codecsIn, payloadsIn } from './codecsIn.ts';
export type { CryptoLine } from './cryptoLines.ts';
export { offersDtls } from './offersDtls.ts';
export { type BrowserOffer, parseBrowserOffer } from './parseBrowserOffer.ts';
export { type GatewayDescription, parseGatewayDescription } from './parseGatewayDescription.ts';
export { cleanCandidate } from './peer/cleanCandidate.ts';
export { type PeerDescription, readPeerDescription } from './peer/readPeerDescription.ts';
export { writePeerDescription } from './peer/writePeerDescription.ts';
export { SdpOrigin } from './SdpOrigin.ts';
export type { WebRtcTerms, WebRtcTermsToWrite } from './webRtcTerms.ts';
export { type BrowserCandidate, writeBrowserAnswer } from './writeBrowserAnswer.ts';
export { type GatewayDescriptionToWrite, writeGatewayDescription } from './writeGatewayDescription.ts';
