/**
 * The music of the demo gateway: eight bars made for it, soft bell tones over broken chords, computed at start.
 * The end leads into the beginning, and tones that ring over the end sound on at the beginning, so it can be looped.
 */
const SAMPLE_RATE_HZ = 8000;
const BEAT_SECONDS = 0.625;
const BEATS_PER_BAR = 4;

/** Four tones of each bar, as MIDI note numbers, played up and down in quavers. */
const CHORDS: readonly (readonly [number, number, number, number])[] = [
  [50, 57, 62, 66],
  [47, 54, 59, 62],
  [43, 50, 55, 59],
  [45, 52, 57, 61],
  [50, 57, 62, 66],
  [54, 57, 61, 66],
  [43, 55, 59, 64],
  [45, 52, 57, 64],
];
const CHORD_PATTERN = [0, 1, 2, 3, 2, 3, 1, 2] as const;

/** Per bar: tones with their length in beats; null is a rest. */
const MELODY: readonly (readonly (readonly [note: number | null, beats: number])[])[] = [
  [
    [81, 1.5],
    [78, 0.5],
    [76, 1],
    [78, 1],
  ],
  [
    [74, 2.5],
    [76, 0.5],
    [78, 1],
  ],
  [
    [79, 1.5],
    [78, 0.5],
    [74, 1],
    [71, 1],
  ],
  [
    [73, 1],
    [76, 2],
    [null, 1],
  ],
  [
    [78, 1],
    [81, 1.5],
    [83, 0.5],
    [81, 1],
  ],
  [
    [85, 1.5],
    [81, 0.5],
    [78, 2],
  ],
  [
    [79, 1],
    [76, 0.5],
    [74, 0.5],
    [71, 1],
    [74, 1],
  ],
  [
    [76, 2.5],
    [73, 0.5],
    [null, 1],
  ],
];

interface Tone {
  readonly note: number;
  readonly atSeconds: number;
  readonly seconds: number;
  /** Peak amplitude, 1 being full scale. */
  readonly loudness: number;
}

/** 16-bit samples at 8 kHz, 20 seconds. */
export function composeMusic(): Int16Array {
  const mix = new Float64Array(Math.round(MELODY.length * BEATS_PER_BAR * BEAT_SECONDS * SAMPLE_RATE_HZ));
  for (const tone of [...accompaniment(), ...melody()]) addTone(mix, tone);
  return Int16Array.from(mix, (value) => Math.round(Math.tanh(value) * 0x7fff));
}

function* accompaniment(): Iterable<Tone> {
  for (const [bar, chord] of CHORDS.entries()) {
    for (const [quaver, voice] of CHORD_PATTERN.entries()) {
      const beat = bar * BEATS_PER_BAR + quaver / 2;
      yield { note: chord[voice], atSeconds: beat * BEAT_SECONDS, seconds: 1.1, loudness: 0.07 };
    }
  }
}

function* melody(): Iterable<Tone> {
  let beat = 0;
  for (const [note, beats] of MELODY.flat()) {
    if (note !== null) {
      yield { note, atSeconds: beat * BEAT_SECONDS, seconds: beats * BEAT_SECONDS + 0.5, loudness: 0.16 };
    }
    beat += beats;
  }
}

/** A tone with two overtones that fade faster than it does, after an attack of 12 ms. */
function addTone(mix: Float64Array, tone: Tone): void {
  const radians = (2 * Math.PI * 440 * 2 ** ((tone.note - 69) / 12)) / SAMPLE_RATE_HZ;
  const start = Math.round(tone.atSeconds * SAMPLE_RATE_HZ);
  const length = Math.round(tone.seconds * SAMPLE_RATE_HZ);
  for (let index = 0; index < length; index += 1) {
    const rest = 1 - index / length;
    const attack = Math.min(1, index / (0.012 * SAMPLE_RATE_HZ));
    const wave =
      Math.sin(radians * index) +
      0.3 * rest * Math.sin(2 * radians * index) +
      0.1 * rest * rest * Math.sin(3 * radians * index);
    const place = (start + index) % mix.length;
    mix[place] = (mix[place] ?? 0) + wave * attack * rest * rest * tone.loudness;
  }
}
