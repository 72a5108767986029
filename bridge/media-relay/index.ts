export { MediasoupRelay, type MediasoupRelayDeps } from './mediasoup/index.ts';
export * from './port/index.ts';
export { estimateMos, type MeasuredAudio } from './quality/index.ts';
export {
  cleanCandidate,
  offersDtls,
  type PeerDescription,
  readPeerDescription,
  reverseDirection,
  writePeerDescription,
} from './sdp/index.ts';
