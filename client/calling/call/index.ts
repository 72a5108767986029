export { type CallPhase, type ClientCall, type ClientCallEnd, type ClientCallLimit, isEnded } from './ClientCall.ts';
export { chooseCallerNumber } from './chooseCallerNumber.ts';
export { isNumberRefusal } from './isRefusal.ts';
export { type DialRequest, Phone } from './Phone.ts';
