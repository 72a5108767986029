export { AudioOutput } from './AudioOutput.ts';
export { TonePlayer, type Tones } from './TonePlayer.ts';
export { busyToneOf, dtmfToneOf, ringbackOf, type Tone, warningTone } from './tones.ts';
