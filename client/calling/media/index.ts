export { Microphone } from './Microphone.ts';
export { MicrophoneError, type MicrophoneProblem, problemOf } from './MicrophoneError.ts';
export { PeerMedia } from './PeerMedia.ts';
