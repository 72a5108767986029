/** PCMA (ITU-T G.711): one byte per sample. */
export function encodeALaw(samples: Float32Array): Uint8Array {
  return Uint8Array.from(samples, encodeSample);
}

/** The samples of PCMA, -1 to 1. */
export function decodeALaw(bytes: Uint8Array): Float32Array {
  return Float32Array.from(bytes, decodeSample);
}

/** Every other bit is turned round on the wire (G.711, table 1a). */
const wire = 0x55;

function decodeSample(byte: number): number {
  const bits = byte ^ wire;
  const segment = (bits >> 4) & 0x07;
  const step = ((bits & 0x0f) << 1) + 1;
  const magnitude = segment === 0 ? step : (step + 32) << (segment - 1);
  return ((bits & 0x80) === 0 ? -magnitude : magnitude) / 4096;
}

function encodeSample(sample: number): number {
  const magnitude = Math.min(Math.floor(Math.abs(sample) * 4096), 4095);
  const segment = Math.max(0, Math.floor(Math.log2(Math.max(magnitude, 1))) - 4);
  const mantissa = (magnitude >> Math.max(1, segment)) & 0x0f;
  return ((sample < 0 ? 0 : 0x80) | (segment << 4) | mantissa) ^ wire;
}
