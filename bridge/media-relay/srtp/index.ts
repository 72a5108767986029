export { SrtpReceiver } from './SrtpReceiver.ts';
export { SrtpSender } from './SrtpSender.ts';
export { type SrtpKey, type SrtpSuiteName, srtpSuiteNames, srtpSuites } from './suites.ts';
