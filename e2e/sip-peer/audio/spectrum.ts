import type { Sound } from './wav.ts';

export interface HeardTone {
  /** The strongest frequency, in Hz. */
  readonly frequencyHz: number;
  /** Share of the whole energy that lies within 30 Hz of it, 0 to 1: near 1 for one clean tone, near 0 for noise. */
  readonly purity: number;
}

/** What the last `seconds` of a sound consist of; null where it is too short or silent (below -60 dBFS). */
export function strongestTone({ samples, sampleRate }: Sound, seconds = 0.5): HeardTone | null {
  const size = 2 ** Math.floor(Math.log2(seconds * sampleRate));
  if (samples.length < size) return null;
  const part = samples.subarray(samples.length - size);
  const rms = Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / size);
  if (rms < 0.001) return null;
  const power = powerSpectrum(part);
  const binHz = sampleRate / size;
  const lowest = Math.ceil(60 / binHz);
  let peak = lowest;
  for (let bin = lowest; bin < power.length; bin += 1) if ((power[bin] ?? 0) > (power[peak] ?? 0)) peak = bin;
  const reach = Math.ceil(30 / binHz);
  const near = sum(power.subarray(Math.max(lowest, peak - reach), peak + reach + 1));
  return { frequencyHz: peak * binHz, purity: near / sum(power.subarray(lowest)) };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Power of each frequency up to half the sample rate, through a Hann window. The length must be a power of two. */
function powerSpectrum(samples: Float32Array): Float64Array {
  const size = samples.length;
  const real = Float64Array.from(
    samples,
    (sample, index) => sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / size)),
  );
  const imaginary = new Float64Array(size);
  transform(real, imaginary);
  return Float64Array.from({ length: size / 2 }, (_, bin) => (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2);
}

/** Discrete Fourier transform in place: Cooley and Tukey's, radix 2. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  if (size < 2) return;
  const half = size / 2;
  const pick = (from: Float64Array, odd: 0 | 1) =>
    Float64Array.from({ length: half }, (_, index) => from[2 * index + odd] ?? 0);
  const [evenReal, evenImaginary] = [pick(real, 0), pick(imaginary, 0)];
  const [oddReal, oddImaginary] = [pick(real, 1), pick(imaginary, 1)];
  transform(evenReal, evenImaginary);
  transform(oddReal, oddImaginary);
  for (let bin = 0; bin < half; bin += 1) {
    const angle = (-2 * Math.PI * bin) / size;
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    const [re, im] = [oddReal[bin] ?? 0, oddImaginary[bin] ?? 0];
    const turnedReal = cosine * re - sine * im;
    const turnedImaginary = cosine * im + sine * re;
    real[bin] = (evenReal[bin] ?? 0) + turnedReal;
    imaginary[bin] = (evenImaginary[bin] ?? 0) + turnedImaginary;
    real[bin + half] = (evenReal[bin] ?? 0) - turnedReal;
    imaginary[bin + half] = (evenImaginary[bin] ?? 0) - turnedImaginary;
  }
}
