/** Struck notes in a rhythm that repeats. */
export interface Melody {
  readonly notes: readonly Note[];
  /** Milliseconds until it begins anew. */
  readonly periodMs: number;
}

interface Note {
  readonly frequencyHz: number;
  readonly atMs: number;
  /** How long it rings until little is left of it, in milliseconds. */
  readonly lengthMs: number;
}

/** Ramp at the beginning of each note, in milliseconds; without it the loudspeaker clicks. */
const attackMs = 4;
/** A note and its overtones, as a struck bar has them: the higher, the softer and the shorter. */
const overtones = [
  { times: 1, share: 0.72, lasts: 1 },
  { times: 2, share: 0.2, lasts: 0.5 },
  { times: 4, share: 0.08, lasts: 0.2 },
] as const;

const arpeggio = (atMs: number): readonly Note[] =>
  [659.26, 830.61, 987.77, 1318.51].map((frequencyHz, index) => ({
    frequencyHz,
    atMs: atMs + index * 140,
    lengthMs: 700,
  }));

/** A second of two alternating notes, as electronic telephones have rung since they replaced the bell. */
const warble: readonly Note[] = Array.from({ length: 20 }, (_, index) => ({
  frequencyHz: index % 2 === 0 ? 880 : 1108.73,
  atMs: index * 50,
  lengthMs: 120,
}));

/** What a person may choose for the ring. */
export const ringSounds = {
  chime: { notes: [...arpeggio(0), ...arpeggio(700)], periodMs: 3200 },
  doorbell: {
    notes: [
      { frequencyHz: 987.77, atMs: 0, lengthMs: 1100 },
      { frequencyHz: 783.99, atMs: 520, lengthMs: 1400 },
    ],
    periodMs: 3200,
  },
  classic: { notes: warble, periodMs: 3000 },
} as const satisfies Record<string, Melody>;
export type RingSound = keyof typeof ringSounds;

/** One period as samples between -1 and 1; played in a loop it needs no timer, which background tabs would hold back. */
export function renderMelody({ notes, periodMs }: Melody, sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round((periodMs * sampleRate) / 1000));
  for (const note of notes) addNote(samples, note, sampleRate);
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return peak > 0 ? samples.map((sample) => sample / peak) : samples;
}

function addNote(samples: Float32Array, { frequencyHz, atMs, lengthMs }: Note, sampleRate: number): void {
  const first = Math.round((atMs * sampleRate) / 1000);
  const count = Math.min(Math.round((lengthMs * sampleRate) / 1000), samples.length - first);
  const ramp = (attackMs * sampleRate) / 1000;
  for (let index = 0; index < count; index += 1) {
    const seconds = index / sampleRate;
    const part = index / count;
    // Silent at its very end, too: the next period begins without a click.
    const envelope = Math.min(1, index / ramp) * (1 - part);
    let sum = 0;
    for (const { times, share, lasts } of overtones) {
      sum += share * Math.exp((-4 * part) / lasts) * Math.sin(2 * Math.PI * frequencyHz * times * seconds);
    }
    samples[first + index] = (samples[first + index] ?? 0) + envelope * sum;
  }
}
