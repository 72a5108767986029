export { chooseCallerNumber } from './chooseCallerNumber.ts';
export { Phone } from './Phone.ts';
export type { DialRequest, PassOnTarget, PresentCall } from './requests.ts';
