/** The chromatic scale from G3 to C6, by its MIDI numbers. */
const scale = Array.from({ length: 30 }, (_, index) => 55 + index).map((note) => 440 * 2 ** ((note - 69) / 12));
const windowSeconds = 0.2;
/** Power of a window that counts as silence. */
const quiet = 500;

/** The loudest notes one after the other in Hz, rounded; what is silent is left out. */
export function notesIn({ samples, sampleRate }: { samples: Int16Array; sampleRate: number }): number[] {
  const length = Math.round(windowSeconds * sampleRate);
  const notes: number[] = [];
  for (let start = 0; start + length <= samples.length; start += length) {
    const window = samples.subarray(start, start + length);
    const powers = scale.map((hz) => ({ hz, level: levelOf(window, (2 * Math.PI * hz) / sampleRate) }));
    const loudest = powers.reduce((one, other) => (other.level > one.level ? other : one));
    const note = Math.round(loudest.hz);
    if (loudest.level > quiet && notes[notes.length - 1] !== note) notes.push(note);
  }
  return notes;
}

/** Amplitude of one frequency (Goertzel's algorithm). */
function levelOf(window: Int16Array, radians: number): number {
  const factor = 2 * Math.cos(radians);
  let [before, last] = [0, 0];
  for (const sample of window) [before, last] = [last, sample + factor * last - before];
  return (Math.sqrt(last * last + before * before - factor * last * before) * 2) / window.length;
}
