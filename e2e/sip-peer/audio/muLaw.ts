/** PCMU (ITU-T G.711): one byte per sample. */
export function encodeMuLaw(samples: Float32Array): Uint8Array {
  return Uint8Array.from(samples, encodeSample);
}

const bias = 132;
const clip = 32_635;

function encodeSample(sample: number): number {
  const magnitude = Math.min(Math.round(Math.abs(sample) * 32_767), clip) + bias;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}
