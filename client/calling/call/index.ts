export { adoptedCall, answeredCall, newCall, takenCall } from './beginCall.ts';
export type { CallAudioDeps, PreparedOffer } from './CallAudio.ts';
export { CallSession, type CallSessionDeps } from './CallSession.ts';
export type { HangUps } from './CallSignalling.ts';
export {
  type CalledLine,
  type CallPhase,
  type ClientCall,
  type ClientCallEnd,
  type ClientCallLimit,
  type ClientCallTransfer,
  canBeHeld,
  isBeingPassedOn,
  isEnded,
  type RingingEnd,
} from './ClientCall.ts';
export { isNumberRefusal } from './isRefusal.ts';
