/** PCMU (ITU-T G.711): one byte per sample. */
export function encodeMuLaw(samples: Float32Array): Uint8Array {
  return Uint8Array.from(samples, encodeSample);
}

/** The samples of PCMU, -1 to 1. */
export function decodeMuLaw(bytes: Uint8Array): Float32Array {
  return Float32Array.from(bytes, decodeSample);
}

function decodeSample(byte: number): number {
  const bits = ~byte & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + bias) << ((bits >> 4) & 0x07)) - bias;
  return ((bits & 0x80) === 0 ? magnitude : -magnitude) / 32_768;
}

const bias = 132;
const clip = 32_635;

function encodeSample(sample: number): number {
  const magnitude = Math.min(Math.round(Math.abs(sample) * 32_767), clip) + bias;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}
