export { DirectableAudio, relayedOf } from './DirectableAudio.ts';
export { DirectCall } from './DirectCall.ts';
