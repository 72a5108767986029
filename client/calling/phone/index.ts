export { chooseCallerNumber } from './chooseCallerNumber.ts';
export { type DialRequest, type PassOnTarget, Phone, type PresentCall } from './Phone.ts';
