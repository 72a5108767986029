import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isPartOfTheClient } from './clientBuild.mjs';
import { contentHash } from './contentHash.mjs';
import { workerCacheName } from './mediasoupWorker.mjs';
import { listDifferences } from './npmPackages.mjs';
import { binFolder, cacheFolder, machineEnvironment, projectEnvironment } from './places.mjs';
import { runCommand } from './runCommand.mjs';
import { checkNode } from './setUp.mjs';
import { isStamped, removeStamp, writeStamp } from './stamp.mjs';
import { describeMissing, selectMissingPackages } from './systemPackages.mjs';
import { withLock } from './withLock.mjs';

let folder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-set-up-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('checkNode', () => {
  it('takes Node 20 and newer and refuses older ones', () => {
    expect(() => checkNode('20.0.0')).not.toThrow();
    expect(() => checkNode('26.1.0')).not.toThrow();
    expect(() => checkNode('18.19.1')).toThrow('Node 20 or newer');
  });
});

describe('stamps', () => {
  it('hold what was written last and nothing once removed', async () => {
    const path = join(folder, 'inner', 'stamp');
    expect(await isStamped(path, 'a')).toBe(false);
    await writeStamp(path, 'a');
    expect(await isStamped(path, 'a')).toBe(true);
    await writeStamp(path, 'b');
    expect(await isStamped(path, 'a')).toBe(false);
    await removeStamp(path);
    expect(await isStamped(path, 'b')).toBe(false);
    await removeStamp(path);
  });
});

describe('contentHash', () => {
  it('changes with contents, names and new files, and with nothing else', async () => {
    await mkdir(join(folder, 'src'));
    const file = join(folder, 'src', 'a.ts');
    await writeFile(file, 'one');
    const hash = () => contentHash(folder, ['src', 'missing'], isPartOfTheClient);
    const first = await hash();
    await utimes(file, 1, 1);
    await writeFile(join(folder, 'src', 'a.test.ts'), 'not counted');
    expect(await hash()).toBe(first);
    await writeFile(file, 'two');
    const second = await hash();
    expect(second).not.toBe(first);
    await writeFile(join(folder, 'missing'), '');
    expect(await hash()).not.toBe(second);
  });
});

describe('listDifferences', () => {
  const wanted = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', optional: true },
    },
  };

  it('is empty when every package has its version, optional ones left out or not', () => {
    expect(listDifferences(wanted, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toEqual([]);
    const both = { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } } };
    expect(listDifferences(wanted, both)).toEqual([]);
  });

  it('names packages that are missing or of another version', () => {
    expect(listDifferences(wanted, {})).toEqual(['node_modules/a']);
    const other = { packages: { 'node_modules/a': { version: '1.0.1' }, 'node_modules/b': { version: '1.0.0' } } };
    expect(listDifferences(wanted, other)).toEqual(['node_modules/a', 'node_modules/b']);
  });
});

describe('selectMissingPackages', () => {
  it('leaves out what dpkg calls installed', () => {
    const output = 'meson installed\nsox config-files\ndpkg-query: no packages found matching chromium\n';
    expect(selectMissingPackages(['meson', 'sox', 'chromium'], output)).toEqual(['sox', 'chromium']);
  });

  it('keeps all when dpkg calls all installed though something cannot be found', () => {
    expect(selectMissingPackages(['meson', 'meson'], 'meson installed\n')).toEqual(['meson']);
  });
});

describe('describeMissing', () => {
  const missing = [
    { what: 'Chromium', debian: 'chromium', fedora: 'chromium', arch: 'chromium', brew: 'chromium' },
    { what: 'SIPp', debian: 'sip-tester', fedora: 'sipp', arch: 'sipp', brew: 'sipp' },
  ];

  it('names what is missing and how to get it on each kind of system', () => {
    const text = (system) => describeMissing({ missing, purpose: 'run the tests', system });
    expect(text('debian')).toContain('To run the tests, this machine lacks Chromium, SIPp.');
    expect(text('debian')).toContain('apt-get install chromium sip-tester');
    expect(text('brew')).toContain('brew install chromium sipp');
    expect(text('fedora')).toContain('dnf install chromium sipp');
    expect(text('other')).toContain('sip-tester');
    expect(text('other')).toContain('npx playwright install chromium');
  });
});

describe('environments', () => {
  it('put the commands of the checkout first for the project and leave them out for npm', () => {
    const project = projectEnvironment({ PATH: '/usr/bin', HOME: '/h' });
    expect(project).toEqual({ PATH: `${binFolder}:/usr/bin`, HOME: '/h' });
    expect(machineEnvironment(project).PATH).toBe('/usr/bin');
  });

  it('keep the cache where XDG_CACHE_HOME says', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/x' })).toBe('/x/dialbridge');
    expect(cacheFolder({})).toMatch(/\.cache\/dialbridge$/);
  });
});

describe('workerCacheName', () => {
  it('tells versions, platforms and recipes apart', () => {
    const base = { version: '3.27.1', recipeHash: 'a'.repeat(64), platform: 'linux', arch: 'x64' };
    const variants = [
      base,
      { ...base, version: '3.27.2' },
      { ...base, arch: 'arm64' },
      { ...base, recipeHash: 'b'.repeat(64) },
    ];
    expect(new Set(variants.map(workerCacheName)).size).toBe(4);
  });
});

describe('runCommand', () => {
  it('gives the exit code and what was printed', async () => {
    const lines = [];
    const args = ['-e', 'console.log("out"); console.error("err"); process.exitCode = 3'];
    const { code, output } = await runCommand(process.execPath, args, { onLine: (line) => lines.push(line) });
    expect(code).toBe(3);
    expect(output.split('\n').sort()).toEqual(['err', 'out']);
    expect(lines.sort()).toEqual(['err', 'out']);
  });

  it('ends a command that takes too long', async () => {
    const { code, isTimedOut } = await runCommand(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      timeoutMs: 50,
    });
    expect({ code, isTimedOut }).toEqual({ code: 137, isTimedOut: true });
  });

  it('rejects for a command that does not exist', async () => {
    await expect(runCommand(join(folder, 'missing'), [])).rejects.toThrow('ENOENT');
  });
});

describe('withLock', () => {
  it('lets one after the other in and leaves nothing behind', async () => {
    const path = join(folder, 'inner', 'lock');
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    const options = { retryMs: 10 };
    await Promise.all([1, 2, 3].map(() => withLock(path, work, options)));
    expect(most).toBe(1);
    expect(await readdir(join(folder, 'inner'))).toEqual([]);
  });

  it('is given back when the work fails', async () => {
    const path = join(folder, 'lock');
    await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(path, async () => 'free')).toBe('free');
  });

  it('is taken from an owner that has died', async () => {
    const { pid } = await diedProcess();
    const path = join(folder, 'lock');
    await writeFile(path, `${pid} somebody`);
    expect(await withLock(path, async () => 'taken')).toBe('taken');
  });

  it('is taken from an owner that has not renewed it for long, whoever has its number now', async () => {
    const path = join(folder, 'lock');
    await writeFile(path, `${process.pid} somebody`);
    await utimes(path, 1, 1);
    expect(await withLock(path, async () => 'taken')).toBe('taken');
  });

  async function diedProcess() {
    const { output } = await runCommand(process.execPath, ['-e', 'console.log(process.pid)']);
    return { pid: Number(output) };
  }
});
