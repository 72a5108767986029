export { CallWaiting } from './CallWaiting.tsx';
export { DoNotDisturb } from './DoNotDisturb.tsx';
export { Incoming } from './Incoming.tsx';
export { MissedCalls } from './MissedCalls.tsx';
export { NotificationOffer } from './NotificationOffer.tsx';
