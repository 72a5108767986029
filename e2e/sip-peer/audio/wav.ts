import { readFile } from 'node:fs/promises';

export interface Sound {
  readonly sampleRate: number;
  /** First channel, -1 to 1. */
  readonly samples: Float32Array;
}

/** A WAV file of 16-bit PCM with the same in each channel. */
export function encodeWav({ sampleRate, samples }: Sound, channels: 1 | 2 = 1): Buffer {
  const data = Buffer.alloc(samples.length * channels * 2);
  samples.forEach((sample, index) => {
    const level = Math.round(Math.max(-1, Math.min(1, sample)) * 32_767);
    for (let channel = 0; channel < channels; channel += 1) data.writeInt16LE(level, (index * channels + channel) * 2);
  });
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * channels * 2, 28);
  header.writeUInt16LE(channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

/** Reads 16-bit PCM, also from a file that is still being written: sizes in the header are not believed. */
export async function readWav(path: string): Promise<Sound> {
  const file = await readFile(path);
  if (file.length < 44 || file.toString('latin1', 0, 4) !== 'RIFF')
    return { sampleRate: 8000, samples: new Float32Array() };
  const channels = file.readUInt16LE(22);
  const bits = file.readUInt16LE(34);
  if (bits !== 16) throw new Error(`${path} has ${bits} bits per sample, expected 16`);
  const start = file.indexOf('data', 12, 'latin1') + 8;
  const frame = channels * 2;
  const samples = new Float32Array(Math.max(0, Math.floor((file.length - start) / frame)));
  for (let index = 0; index < samples.length; index += 1)
    samples[index] = file.readInt16LE(start + index * frame) / 32_768;
  return { sampleRate: file.readUInt32LE(24), samples };
}
