export { Microphone } from './Microphone.ts';
export { MicrophoneError, type MicrophoneProblem } from './MicrophoneError.ts';
export { PeerMedia } from './PeerMedia.ts';
