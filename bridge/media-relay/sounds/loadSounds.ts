import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodecName } from '../../../shared/domain/index.ts';
import { encodeALaw, encodeMuLaw } from './g711.ts';
import { readOggOpus } from './readOggOpus.ts';
import { readWav } from './readWav.ts';
import { silentFrame } from './silentFrame.ts';
import { soundKey } from './soundKey.ts';

const builtIn = fileURLToPath(new URL('./built-in/', import.meta.url));
/** 20 ms at 64 kbit/s, as G.711 and G722 are. */
const frameLength = 160;
const codecs: readonly CodecName[] = ['opus', 'G722', 'PCMA', 'PCMU'];

type Encoded = Partial<Record<CodecName, readonly Uint8Array[]>>;

/**
 * What gateways are sent in place of a person's audio, as frames of 20 ms in each codec, by `soundKey`. The frames share their memory
 * with every thread that is given them.
 * @param holdMusic folder of the operator's own music; codecs for which it has no file have ours
 * @throws Error that names the file that can't be used
 */
export async function loadSounds(holdMusic: string | null): Promise<Map<string, readonly Uint8Array[]>> {
  const own = holdMusic === null ? {} : await readFolder(holdMusic);
  if (holdMusic !== null && Object.keys(own).length === 0) {
    throw new Error(`the folder of the music on hold, ${holdMusic}, has no .wav, .g722 or .opus file`);
  }
  const music = { ...(await readFiles(builtInFiles('music'))), ...own };
  const ringback = await readFiles(builtInFiles('ringback'));
  const sounds = new Map<string, readonly Uint8Array[]>();
  for (const codec of codecs) {
    sounds.set(soundKey('silence', codec), shared([silentFrame(codec)]));
    sounds.set(soundKey('music', codec), shared(music[codec] ?? []));
    sounds.set(soundKey('ringback', codec), shared(ringback[codec] ?? []));
  }
  return sounds;
}

function builtInFiles(name: string): string[] {
  return ['wav', 'g722', 'opus'].map((extension) => `${builtIn}${name}.${extension}`);
}

async function readFolder(folder: string): Promise<Encoded> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new Error(`the folder of the music on hold, ${folder}, cannot be read: ${String(error)}`);
  });
  return readFiles(names.sort().map((name) => join(folder, name)));
}

/** Several files of a kind follow one another. */
async function readFiles(paths: readonly string[]): Promise<Encoded> {
  const encoded: { [codec in CodecName]?: Uint8Array[] } = {};
  const add = (codec: CodecName, frames: readonly Uint8Array[]): void => {
    encoded[codec] = [...(encoded[codec] ?? []), ...frames];
  };
  for (const path of paths) {
    try {
      if (path.endsWith('.opus')) add('opus', readOggOpus(await readFile(path)));
      if (path.endsWith('.g722')) add('G722', inFrames(await readFile(path)));
      if (path.endsWith('.wav')) {
        const samples = readWav(await readFile(path));
        add('PCMU', inFrames(encodeMuLaw(samples)));
        add('PCMA', inFrames(encodeALaw(samples)));
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`${path} cannot be played to held calls: ${why}`);
    }
  }
  return encoded;
}

/** Whole frames: what is left over at the end is not heard. */
function inFrames(bytes: Uint8Array): Uint8Array[] {
  const count = Math.floor(bytes.length / frameLength);
  if (count === 0) throw new Error('it is shorter than 20 ms');
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * frameLength, (index + 1) * frameLength));
}

function shared(frames: readonly Uint8Array[]): Uint8Array[] {
  const memory = new SharedArrayBuffer(frames.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  return frames.map((frame) => {
    const place = new Uint8Array(memory, offset, frame.length);
    place.set(frame);
    offset += frame.length;
    return place;
  });
}
