export { DirectableAudio } from './DirectableAudio.ts';
export { DirectCall } from './DirectCall.ts';
export { relayedOf } from './relayedOf.ts';
export { reofferPlain } from './reofferPlain.ts';
