export * from './MediaRelay.ts';
export { MediasoupRelay, type MediasoupRelayDeps } from './mediasoup/index.ts';
