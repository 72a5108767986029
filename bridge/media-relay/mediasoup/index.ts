export { MediasoupRelay, type MediasoupRelayDeps } from './MediasoupRelay.ts';
