export { type CallPhase, type ClientCall, type ClientCallEnd, isEnded } from './ClientCall.ts';
export { type DialRequest, Phone } from './Phone.ts';
