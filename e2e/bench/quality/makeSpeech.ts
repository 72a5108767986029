/** Formants in Hz, of vowels as people speak them. */
const vowels = [
  [730, 1090, 2440],
  [530, 1840, 2480],
  [270, 2290, 3010],
  [570, 840, 2410],
  [300, 870, 2240],
  [490, 1350, 1690],
] as const;

const secondsOfPart = { vowel: [0.09, 0.2], fricative: [0.05, 0.12], stop: [0.04, 0.08], pause: [0.2, 0.4] } as const;
type Part = keyof typeof secondsOfPart;

/**
 * Something with the sounds, the melody and the pauses of speech that says nothing: a voice with formants that glide, hissing and
 * clicking between. Opus takes a tone for music, which it has no FEC for.
 */
export function makeSpeech(options: { seconds: number; sampleRate: number; random: () => number }): Float32Array {
  const { seconds, sampleRate, random } = options;
  const samples = new Float32Array(seconds * sampleRate);
  const formants = [500, 1500, 2500].map((hz) => ({ hz, wantedHz: hz, last: 0, before: 0 }));
  const between = ([from, to]: readonly [number, number]) => from + random() * (to - from);
  let [pitchHz, phase, hissBefore] = [120, 0, 0];
  let part: Part = 'pause';
  let [left, length] = [0, 1];
  let syllables = 0;
  for (let index = 0; index < samples.length; index += 1) {
    if (left <= 0) {
      part = nextPart(part, syllables, random);
      syllables = part === 'pause' ? 0 : syllables + Number(part === 'vowel');
      length = Math.round(between(secondsOfPart[part]) * sampleRate);
      left = length;
      // The voice sinks until there is a pause.
      pitchHz = between([135, 165]) - 9 * syllables;
      const vowel = vowels[Math.floor(random() * vowels.length)] ?? vowels[0];
      formants.forEach((formant, number) => {
        formant.wantedHz = vowel[number] ?? formant.hz;
      });
    }
    const done = 1 - left / length;
    left -= 1;
    const noise = 2 * random() - 1;
    phase += (pitchHz * (1 - 0.1 * done) * (1 + 0.03 * noise)) / sampleRate;
    const isPulse = phase >= 1;
    if (isPulse) phase -= 1;
    const envelope = Math.sin(Math.PI * Math.min(1, Math.max(0, done)));
    const voiced = part === 'vowel' ? (isPulse ? 1 : 0) + 0.004 * noise : 0;
    let sound = 0;
    for (const formant of formants) {
      formant.hz += (formant.wantedHz - formant.hz) / (0.02 * sampleRate);
      sound += resonate(formant, voiced, sampleRate);
    }
    const hiss = noise - hissBefore;
    hissBefore = noise;
    const isClick = part === 'stop' && done > 0.85;
    const unvoiced = part === 'fricative' ? 0.06 * hiss * envelope : isClick ? 0.1 * noise : 0;
    samples[index] = 0.4 * sound * (part === 'vowel' ? 0.3 + 0.7 * envelope : 1) + unvoiced + 0.0005 * noise;
  }
  return samples;
}

function nextPart(part: Part, syllables: number, random: () => number): Part {
  if (part !== 'vowel') return part === 'pause' && random() < 0.5 ? 'stop' : 'vowel';
  if (syllables > 3 && random() < 0.5) return 'pause';
  return random() < 0.5 ? 'fricative' : 'stop';
}

/** A two-pole resonator, 90 Hz wide. */
function resonate(formant: { hz: number; last: number; before: number }, input: number, sampleRate: number): number {
  const radius = Math.exp((-Math.PI * 90) / sampleRate);
  const gain = 1 - radius;
  const output =
    gain * 12 * input +
    2 * radius * Math.cos((2 * Math.PI * formant.hz) / sampleRate) * formant.last -
    radius * radius * formant.before;
  formant.before = formant.last;
  formant.last = output;
  return output;
}
