export type { CallAudioDeps, PreparedOffer } from './CallAudio.ts';
export {
  type CalledLine,
  type CallPhase,
  type ClientCall,
  type ClientCallEnd,
  type ClientCallLimit,
  isEnded,
  type RingingEnd,
} from './ClientCall.ts';
export { chooseCallerNumber } from './chooseCallerNumber.ts';
export { isNumberRefusal } from './isRefusal.ts';
export { type DialRequest, Phone } from './Phone.ts';
