export { CallBar } from './CallBar.tsx';
export { EndedCall } from './ended/EndedCall.tsx';
export { InCall } from './InCall.tsx';
