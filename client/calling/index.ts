export { AudioOutput, type RingSound, TonePlayer } from './audio/index.ts';
export { type ClientCall, type ClientCallTransfer, canBeHeld, type RingingEnd } from './call/index.ts';
export {
  type CheckFigures,
  type CheckState,
  createLevelMeter,
  PhoneCheck,
} from './check/index.ts';
export {
  Connection,
  type ConnectionState,
  chooseCallServerUrl,
  keepDeviceId,
  SocketIoTransport,
} from './connection/index.ts';
export {
  Availability,
  IncomingCalls,
  OfferReserve,
  type RingChoice,
  Ringer,
  type RingingCall,
} from './incoming/index.ts';
export { Microphone, type MicrophoneProblem, PeerMedia } from './media/index.ts';
export { chooseCallerNumber, type PassOnTarget, Phone, type PresentCall } from './phone/index.ts';
export { QualityMonitor, type QualityView } from './quality/index.ts';
export { type Calling, CallingProvider, useCalling } from './react/CallingProvider.tsx';
export { describeEnd, describeStatus } from './react/describeCall.ts';
export { formatDuration } from './react/formatDuration.ts';
export { type AvailabilityView, useAvailability } from './react/useAvailability.ts';
export { type CallView, useCall, useHeldSeconds, useTalkingSeconds } from './react/useCall.ts';
export { useCallQuality } from './react/useCallQuality.ts';
export { type ConnectionView, useConnection } from './react/useConnection.ts';
export { useDial } from './react/useDial.ts';
export { type IncomingView, useIncoming, useRingingEnded } from './react/useIncoming.ts';
export { useLimitWarning } from './react/useLimitWarning.ts';
export { usePhoneCheck } from './react/usePhoneCheck.ts';
export { type ReconnectingView, useReconnecting } from './react/useReconnecting.ts';
export { useAbandonedCalls, useOtherDevices } from './react/useReturning.ts';
export { useSecondsUntil } from './react/useSecondsUntil.ts';
export { useSignOut } from './react/useSignOut.ts';
export {
  type AbandonedCall,
  CallKeeper,
  CallReturn,
  type Continuation,
  type ContinuationLink,
  createCallLocks,
  deviceName,
  HangUpWishes,
  KeptCalls,
  OtherDevices,
  takeContinuation,
  watchNetwork,
} from './return/index.ts';
