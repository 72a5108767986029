import { decodeALaw, decodeMuLaw } from './g711.ts';

/** Format tags (RFC 2361). */
const tags = { pcm: 1, aLaw: 6, muLaw: 7 } as const;

/**
 * The samples of a WAV file of telephone quality.
 * @throws Error that says what the file is not
 */
export function readWav(bytes: Buffer): Int16Array {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error('it is no WAV file');
  }
  const format = findChunk(bytes, 'fmt ');
  const content = findChunk(bytes, 'data');
  if (format === null || format.length < 16 || content === null) throw new Error('it is a WAV file without audio');
  const tag = format.readUInt16LE(0);
  const channels = format.readUInt16LE(2);
  const rate = format.readUInt32LE(4);
  const bits = format.readUInt16LE(14);
  if (channels !== 1 || rate !== 8000) {
    throw new Error(`it has ${channels} channel(s) at ${rate} Hz, and one at 8000 Hz is needed`);
  }
  if (tag === tags.muLaw) return decodeMuLaw(content);
  if (tag === tags.aLaw) return decodeALaw(content);
  if (tag !== tags.pcm || bits !== 16) throw new Error('its samples are neither 16-bit PCM nor G.711');
  return Int16Array.from({ length: content.length >> 1 }, (_, index) => content.readInt16LE(index * 2));
}

/** null where there is none. A last chunk that ends early is taken as far as it goes: its length is often left at a guess. */
function findChunk(bytes: Buffer, name: string): Buffer | null {
  let offset = 12;
  while (offset + 8 <= bytes.length) {
    const length = bytes.readUInt32LE(offset + 4);
    const start = offset + 8;
    if (bytes.toString('latin1', offset, offset + 4) === name) return bytes.subarray(start, start + length);
    offset = start + length + (length & 1);
  }
  return null;
}
