import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadSounds } from './loadSounds.ts';

const builtIn = fileURLToPath(new URL('./built-in/', import.meta.url));

/** A WAV file's header and content. */
function wav(content: Buffer, format: { tag?: number; channels?: number; rate?: number; bits?: number } = {}): Buffer {
  const { tag = 1, channels = 1, rate = 8000, bits = 16 } = format;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(tag, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt16LE(bits, 34);
  header.write('data', 36);
  header.writeUInt32LE(content.length, 40);
  return Buffer.concat([header, content]);
}

describe('The sounds that are built in', () => {
  it('are 16 s of music, 5 s of ringback and a frame of silence, in every codec', async () => {
    const sounds = await loadSounds(null);
    for (const codec of ['G722', 'PCMA', 'PCMU']) {
      expect(sounds.get(`music/${codec}`)).toHaveLength(800);
      expect(sounds.get(`ringback/${codec}`)).toHaveLength(250);
      expect(sounds.get(`silence/${codec}`)).toHaveLength(1);
      expect([...sounds.entries()].every(([key, frames]) => !key.endsWith(codec) || frames.every(is160))).toBe(true);
    }
    // The encoder begins a little before the music does.
    expect(sounds.get('music/opus')).toHaveLength(801);
    expect(sounds.get('ringback/opus')).toHaveLength(251);
  });
});

function is160(frame: Uint8Array): boolean {
  return frame.length === 160 && frame.buffer instanceof SharedArrayBuffer;
}

describe('The operator’s own music', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dialbridge-music-'));
  });
  beforeEach(async () => {
    await rm(folder, { recursive: true });
    folder = await mkdtemp(join(tmpdir(), 'dialbridge-music-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const put = (name: string, content: Buffer) => writeFile(join(folder, name), content);

  it('plays file after file by their names, in the codecs that they are for, and ours in the others', async () => {
    await put('b.wav', wav(Buffer.alloc(320, 0)));
    await put('a.wav', wav(Buffer.alloc(160, 0x12), { tag: 7, bits: 8 }));
    await put('c.g722', Buffer.alloc(480, 5));
    await put('notes.txt', Buffer.from('none'));
    const sounds = await loadSounds(folder);
    expect(sounds.get('music/PCMU')?.map(([first]) => first)).toEqual([0x12, 0xff]);
    expect(sounds.get('music/PCMA')?.map(([first]) => first)).toEqual([0x38, 0xd5]);
    expect(sounds.get('music/G722')).toHaveLength(3);
    expect(sounds.get('music/opus')).toHaveLength(801);
    expect(sounds.get('ringback/PCMU')).toHaveLength(250);
  });

  it('may be Ogg Opus', async () => {
    await put('a.opus', await readFile(`${builtIn}ringback.opus`));
    expect((await loadSounds(folder)).get('music/opus')).toHaveLength(251);
  });

  it('may be of A-law, and leaves out what is no whole frame', async () => {
    await put('a.wav', wav(Buffer.alloc(319, 0x55), { tag: 6, bits: 8 }));
    expect((await loadSounds(folder)).get('music/PCMA')?.map(([first]) => first)).toEqual([0x55]);
  });

  it.each([
    ['no.wav', Buffer.from('nothing of it'), 'it is no WAV file'],
    ['empty.wav', wav(Buffer.alloc(0)).subarray(0, 36), 'a WAV file without audio'],
    ['stereo.wav', wav(Buffer.alloc(640), { channels: 2 }), '2 channel(s) at 8000 Hz'],
    ['fast.wav', wav(Buffer.alloc(640), { rate: 44_100 }), '1 channel(s) at 44100 Hz'],
    ['odd.wav', wav(Buffer.alloc(640), { bits: 24 }), 'neither 16-bit PCM nor G.711'],
    ['short.wav', wav(Buffer.alloc(318)), 'shorter than 20 ms'],
    ['short.g722', Buffer.alloc(159), 'shorter than 20 ms'],
    ['no.opus', Buffer.from('OggS and nothing'), 'it is no Ogg Opus file'],
  ])('that cannot be played is named: %s', async (name, content, problem) => {
    await put(name, content);
    await expect(loadSounds(folder)).rejects.toThrow(problem);
    await expect(loadSounds(folder)).rejects.toThrow(join(folder, name));
  });

  it('in packets of another length is refused', async () => {
    const opus = await readFile(`${builtIn}ringback.opus`);
    // The first packet of audio follows two pages with one packet each: frames of 10 ms of the same kind.
    const audio = opus.indexOf('OggS', opus.indexOf('OpusTags'));
    const first = audio + 27 + (opus[audio + 26] ?? 0);
    opus[first] = (opus[first] ?? 0) - 8;
    await put('a.opus', opus);
    await expect(loadSounds(folder)).rejects.toThrow('its packets last 10 ms, and 20 ms are needed');
  });

  it('is missed where the folder is missing or has nothing to play', async () => {
    await expect(loadSounds(folder)).rejects.toThrow('has no .wav, .g722 or .opus file');
    await expect(loadSounds(join(folder, 'nowhere'))).rejects.toThrow('cannot be read');
  });
});
