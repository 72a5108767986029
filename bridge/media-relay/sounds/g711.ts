/** ITU-T G.711: 8 bits for a sample of 16, by two laws. Tables, since a file has hundreds of thousands of samples. */

function fromMuLaw(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4);
  return (bits & 0x80) !== 0 ? 0x84 - magnitude : magnitude - 0x84;
}

function fromALaw(code: number): number {
  const bits = code ^ 0x55;
  const exponent = (bits & 0x70) >> 4;
  const mantissa = ((bits & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return (bits & 0x80) !== 0 ? magnitude : -magnitude;
}

const codes = Array.from({ length: 256 }, (_, code) => code);
const muLawSamples = Int16Array.from(codes, fromMuLaw);
const aLawSamples = Int16Array.from(codes, fromALaw);

export function decodeMuLaw(encoded: Uint8Array): Int16Array {
  return Int16Array.from(encoded, (code) => muLawSamples[code] ?? 0);
}

export function decodeALaw(encoded: Uint8Array): Int16Array {
  return Int16Array.from(encoded, (code) => aLawSamples[code] ?? 0);
}

const muLawClip = 32_635;

export function encodeMuLaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, (sample) => {
    const magnitude = Math.min(muLawClip, Math.abs(sample)) + 0x84;
    const exponent = 24 - Math.clz32(magnitude);
    const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
    return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
  });
}

export function encodeALaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, (sample) => {
    const magnitude = Math.min(32_767, sample < 0 ? -sample - 1 : sample);
    const exponent = Math.max(0, 24 - Math.clz32(magnitude));
    const mantissa = (magnitude >> Math.max(4, exponent + 3)) & 0x0f;
    return ((sample < 0 ? 0 : 0x80) | (exponent << 4) | mantissa) ^ 0x55;
  });
}
