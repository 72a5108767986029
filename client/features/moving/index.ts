export { AbandonedCalls } from './AbandonedCalls.tsx';
export { CallsElsewhere } from './CallsElsewhere.tsx';
export { MoveCall } from './MoveCall.tsx';
export { PushedCall } from './PushedCall.tsx';
