import type { CodecName } from '../../../shared/domain/index.ts';

/** 20 ms of silence in each codec. */
export function silentFrame(codec: CodecName): Uint8Array {
  // Opus: one frame without sound; G.711: the code of zero; G722: zero difference in both bands.
  if (codec === 'opus') return Uint8Array.of(0xf8, 0xff, 0xfe);
  return new Uint8Array(160).fill(codec === 'PCMU' ? 0xff : codec === 'PCMA' ? 0xd5 : 0xfa);
}
