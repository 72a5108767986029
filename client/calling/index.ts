export { AudioOutput, TonePlayer } from './audio/index.ts';
export { type ClientCall, chooseCallerNumber, Phone } from './call/index.ts';
export {
  Connection,
  type ConnectionState,
  chooseCallServerUrl,
  keepDeviceId,
  SocketIoTransport,
} from './connection/index.ts';
export { Microphone, type MicrophoneProblem, PeerMedia } from './media/index.ts';
export { type Calling, CallingProvider, useCalling } from './react/CallingProvider.tsx';
export { describeEnd, describeStatus } from './react/describeCall.ts';
export { formatDuration } from './react/formatDuration.ts';
export { type CallView, useCall, useTalkingSeconds } from './react/useCall.ts';
export { type ConnectionView, useConnection } from './react/useConnection.ts';
export { useDial } from './react/useDial.ts';
export { useLimitWarning } from './react/useLimitWarning.ts';
export { useSecondsUntil } from './react/useSecondsUntil.ts';
export { useSignOut } from './react/useSignOut.ts';
