export { decodeALaw, encodeALaw } from './aLaw.ts';
export { decodeMuLaw, encodeMuLaw } from './muLaw.ts';
export { type HeardTone, strongestTone } from './spectrum.ts';
export { makeTone, type ToneOptions } from './tone.ts';
export { encodeWav, readWav, type Sound } from './wav.ts';
