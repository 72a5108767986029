export * from './MediaRelay.ts';
export { MediasoupRelay, type MediasoupRelayDeps } from './mediasoup/index.ts';
export { estimateMos, type MeasuredAudio } from './quality/index.ts';
