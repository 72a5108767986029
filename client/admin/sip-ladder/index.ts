export { SipLadder } from './SipLadder.tsx';
