/**
 * ITU-T G.711: 16-bit linear samples to 8-bit mu-law (PCMU) and A-law (PCMA) and back.
 * Encoding is by arithmetic, decoding and the change from one law to the other by tables of 256.
 */
const ULAW_BIAS = 0x84;
const ULAW_CLIP = 0x7fff - ULAW_BIAS;

/** The code of a zero sample. */
export const ULAW_SILENCE = 0xff;

/** One sample (-32768 to 32767; beyond is clipped) as mu-law. */
export function encodeUlawSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(Math.trunc(sample)), ULAW_CLIP) + ULAW_BIAS;
  const segment = 24 - Math.clz32(magnitude);
  return ~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f)) & 0xff;
}

/** One sample (-32768 to 32767; beyond is clipped) as A-law. */
export function encodeAlawSample(sample: number): number {
  const whole = Math.trunc(sample);
  const sign = whole < 0 ? 0 : 0x80;
  const magnitude = Math.min(whole < 0 ? -whole - 1 : whole, 0x7fff);
  const segment = Math.max(0, 24 - Math.clz32(magnitude));
  const code = segment === 0 ? magnitude >> 4 : (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f);
  return (sign | code) ^ 0x55;
}

function decodeUlawSample(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + ULAW_BIAS) << ((bits >> 4) & 7)) - ULAW_BIAS;
  return (bits & 0x80) === 0 ? magnitude : -magnitude;
}

function decodeAlawSample(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = ((bits & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return (bits & 0x80) === 0 ? -magnitude : magnitude;
}

const ULAW_TO_LINEAR = Int16Array.from({ length: 256 }, (_unused, code) => decodeUlawSample(code));
const ALAW_TO_LINEAR = Int16Array.from({ length: 256 }, (_unused, code) => decodeAlawSample(code));
const ULAW_TO_ALAW = Uint8Array.from(ULAW_TO_LINEAR, encodeAlawSample);

export function encodeUlaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, encodeUlawSample);
}

export function decodeUlaw(codes: Uint8Array): Int16Array {
  return Int16Array.from(codes, (code) => ULAW_TO_LINEAR[code] ?? 0);
}

export function decodeAlaw(codes: Uint8Array): Int16Array {
  return Int16Array.from(codes, (code) => ALAW_TO_LINEAR[code] ?? 0);
}

export function ulawToAlaw(codes: Uint8Array): Uint8Array {
  return Uint8Array.from(codes, (code) => ULAW_TO_ALAW[code] ?? 0);
}
