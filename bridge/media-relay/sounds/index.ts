export { loadSounds } from './loadSounds.ts';
export { silentFrame } from './silentFrame.ts';
export { soundKey } from './soundKey.ts';
