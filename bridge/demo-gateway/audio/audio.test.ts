import { beforeAll, describe, expect, it } from 'vitest';
import { composeMusic } from './composeMusic.ts';
import { decodeAlaw, decodeUlaw, encodeAlawSample, encodeUlaw, encodeUlawSample, ulawToAlaw } from './g711.ts';
import { rootMeanSquare, tonePower } from './measureTone.ts';
import { readUlawWave } from './readUlawWave.ts';
import { loadSounds, PROMPT_NAMES, type Sounds } from './Sounds.ts';

const ALL_CODES = Uint8Array.from({ length: 256 }, (_unused, code) => code);

describe('G.711', () => {
  it.each([
    [0, 0xff, 0xd5],
    [1000, 0xce, 0xfa],
    [-1000, 0x4e, 0x7a],
    [32_767, 0x80, 0xaa],
    [-32_768, 0x00, 0x2a],
  ])('codes the sample %i as mu-law %i and A-law %i', (sample, ulaw, alaw) => {
    expect(encodeUlawSample(sample)).toBe(ulaw);
    expect(encodeAlawSample(sample)).toBe(alaw);
  });

  it('gives back every code after decoding and encoding it', () => {
    // 0x7f is mu-law's second zero.
    const expected = [...ALL_CODES].map((code) => (code === 0x7f ? 0xff : code));
    expect([...encodeUlaw(decodeUlaw(ALL_CODES))]).toEqual(expected);
    expect([...decodeAlaw(ALL_CODES)].map(encodeAlawSample)).toEqual([...ALL_CODES]);
  });

  it('changes the law with an error of less than one step', () => {
    const linear = decodeUlaw(ALL_CODES);
    const changed = decodeAlaw(ulawToAlaw(ALL_CODES));
    for (const [index, sample] of linear.entries()) {
      expect(Math.abs((changed[index] ?? 0) - sample)).toBeLessThanOrEqual(Math.max(16, Math.abs(sample) / 16));
    }
  });
});

describe('the recordings', () => {
  let sounds: Sounds;
  beforeAll(async () => {
    sounds = await loadSounds();
  });

  it.each([...'0123456789*#ABCD'])('say the digit %s aloud for less than a second', (digit) => {
    const clip = sounds.digit(digit) ?? new Uint8Array(0);
    expect(clip.length).toBeGreaterThan(0.3 * 8000);
    expect(clip.length).toBeLessThan(8000);
    expect(rootMeanSquare(decodeUlaw(clip))).toBeGreaterThan(1500);
  });

  it.each(PROMPT_NAMES)('speak the prompt %s', (name) => {
    const clip = sounds.prompt(name);
    expect(clip.length).toBeGreaterThan(0.5 * 8000);
    expect(rootMeanSquare(decodeUlaw(clip))).toBeGreaterThan(1500);
  });

  it('have no sound for what is no digit', () => {
    expect(sounds.digit('x')).toBeNull();
  });
});

describe('readUlawWave', () => {
  it.each([
    ['nothing', new Uint8Array(0)],
    ['other text', new TextEncoder().encode('RIFX....WAVEfmt and so on')],
    ['a head without samples', new TextEncoder().encode('RIFF\u0000\u0000\u0000\u0000WAVE')],
  ])('refuses %s', (_name, file) => {
    expect(() => readUlawWave(file)).toThrow(/WAV/);
  });
});

describe('the music', () => {
  const music = composeMusic();

  it('lasts twenty seconds and is neither silent nor distorted anywhere', () => {
    expect(music.length).toBe(160_000);
    expect(music.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeLessThan(30_000);
    for (let second = 0; second < 20; second += 1) {
      expect(rootMeanSquare(music.subarray(second * 8000, (second + 1) * 8000))).toBeGreaterThan(500);
    }
  });

  it('begins with the A above concert pitch as its loudest tone', () => {
    const beginning = music.subarray(0, 4000);
    for (const other of [784, 932.3, 1046.5]) {
      expect(tonePower(beginning, 880)).toBeGreaterThan(10 * tonePower(beginning, other));
    }
  });
});
