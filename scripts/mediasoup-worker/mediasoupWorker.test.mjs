import { describe, expect, it } from 'vitest';
import { condenseNinjaLine } from './buildWorker.mjs';
import { officialWorkerUrl } from './downloadOfficialWorker.mjs';
import { applyTransformation } from './transformations.mjs';

describe('applyTransformation', () => {
  const transformation = { file: 'a.cpp', why: 'a reason', from: 'x == Y', to: '(x & $& Y) != 0' };

  it('replaces the text as it stands', () => {
    expect(applyTransformation('if (x == Y) {}', transformation)).toBe('if ((x & $& Y) != 0) {}');
  });

  it('throws, naming the file and the reason, when the text is not there or there twice', () => {
    expect(() => applyTransformation('if (x & Y) {}', transformation)).toThrow(/a\.cpp.*found 0.*a reason/);
    expect(() => applyTransformation('x == Y, x == Y', transformation)).toThrow('found 2');
  });
});

describe('condenseNinjaLine', () => {
  it('keeps how far it is', () => {
    expect(condenseNinjaLine('[12/213] Compiling C++ object a.o')).toBe('12 of 213 files');
    expect(condenseNinjaLine('ninja: Entering directory')).toBeUndefined();
  });
});

describe('officialWorkerUrl', () => {
  const system = { platform: 'linux', arch: 'arm64', release: '6.1.0-13' };

  it('names the version, the platform and the major version of the kernel', () => {
    expect(officialWorkerUrl({ version: '3.27.1', env: {}, system })).toBe(
      'https://github.com/versatica/mediasoup/releases/download/3.27.1/mediasoup-worker-3.27.1-linux-arm64-kernel6.tgz',
    );
    expect(officialWorkerUrl({ version: '1', env: {}, system: { ...system, platform: 'darwin' } })).toMatch(
      /darwin-arm64\.tgz$/,
    );
  });

  it("follows mediasoup's own setting for a mirror", () => {
    const env = { MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: 'http://mirror' };
    expect(officialWorkerUrl({ version: '1', env, system })).toMatch(/^http:\/\/mirror\/1\//);
  });
});
