export { EndedCall } from './EndedCall.tsx';
export { InCall } from './InCall.tsx';
