export * from './SipStack.ts';
