/** Notes of a melody of our own: in Hz, in beats, one after the other; the bass is one note to a bar of four beats. */
const [g3, a3, c4, g4, a4, c5, d5, e5, g5, a5] = [196, 220, 261.63, 392, 440, 523.25, 587.33, 659.26, 783.99, 880];

export const beatSeconds = 0.5;

export const melody: readonly (readonly [hz: number, beats: number])[] = [
  ...([
    [e5, 1],
    [g5, 1],
    [c5, 2],
  ] as const),
  ...([
    [d5, 1],
    [e5, 1],
    [a4, 2],
  ] as const),
  ...([
    [g4, 1],
    [c5, 1],
    [d5, 1],
    [e5, 1],
  ] as const),
  ...([
    [d5, 3],
    [g4, 1],
  ] as const),
  ...([
    [e5, 1],
    [g5, 1],
    [a5, 2],
  ] as const),
  ...([
    [g5, 1],
    [e5, 1],
    [d5, 2],
  ] as const),
  ...([
    [c5, 1],
    [d5, 1],
    [e5, 1],
    [a4, 1],
  ] as const),
  ...([[c5, 4]] as const),
];

export const bass: readonly number[] = [c4, a3, c4, g3, c4, g3, a3, c4];
