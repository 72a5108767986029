export { Dialer } from './Dialer.tsx';
export { Overview } from './Overview.tsx';
