export { AudioOutput } from './AudioOutput.ts';
export { type Melody, type RingSound, ringSounds } from './melodies.ts';
export { TonePlayer, type Tones } from './TonePlayer.ts';
export { busyToneOf, callWaitingTone, dtmfToneOf, ringbackOf, type Tone, warningTone } from './tones.ts';
