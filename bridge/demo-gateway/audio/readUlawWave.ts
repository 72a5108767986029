const FORMAT_ULAW = 7;
const SAMPLE_RATE_HZ = 8000;

/**
 * The samples of a mono 8 kHz mu-law WAV file (RIFF chunks as in the Multimedia Programming Interface of 1991).
 * Throws Error when it is anything else.
 */
export function readUlawWave(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 12 || chunkName(view, 0) !== 'RIFF' || chunkName(view, 8) !== 'WAVE')
    throw new Error('not a WAV file');
  let isFormatRight = false;
  for (let offset = 12; offset + 8 <= file.length; ) {
    const name = chunkName(view, offset);
    const start = offset + 8;
    const length = Math.min(view.getUint32(offset + 4, true), file.length - start);
    if (name === 'fmt ' && length >= 16) {
      const isUlaw = view.getUint16(start, true) === FORMAT_ULAW;
      const isMono = view.getUint16(start + 2, true) === 1;
      isFormatRight = isUlaw && isMono && view.getUint32(start + 4, true) === SAMPLE_RATE_HZ;
    }
    if (name === 'data') {
      if (!isFormatRight) break;
      return file.slice(start, start + length);
    }
    // Chunks begin at even places.
    offset = start + length + (length % 2);
  }
  throw new Error('not a mono 8 kHz mu-law WAV file');
}

function chunkName(view: DataView, offset: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(offset + index)));
}
