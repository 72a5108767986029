import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../observability/FakeClock.ts';
import { RecordingLogger } from '../observability/RecordingLogger.ts';
import { auditEntry } from './contracts/auditContract.ts';
import { fruit, fruitSchema } from './contracts/fruit.ts';
import { claim, noon, readUse, request, talk } from './contracts/usageFixtures.ts';
import { createStorage, type Storage } from './index.ts';

let folder = '';
let opened: Storage[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-storage-'));
});
afterEach(async () => {
  await Promise.all(opened.map((storage) => storage.close()));
  opened = [];
  await rm(folder, { recursive: true, force: true });
});

const dataDir = () => join(folder, 'deep', 'data');
async function open(logger = new RecordingLogger(), clock = new FakeClock(noon)): Promise<Storage> {
  const storage = await createStorage({ dataDir: dataDir(), logger, clock });
  opened.push(storage);
  return storage;
}

describe('createStorage', () => {
  it('makes a data folder for its owner alone, and every file in it', async () => {
    const storage = await open();
    await (await storage.openCollection('fruits', fruitSchema)).put(fruit('apple'));
    await storage.secrets.get('accessTokenKey');
    expect((await stat(dataDir())).mode & 0o777).toBe(0o700);
    const entries = await readdir(dataDir(), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['fruits.json', 'secrets.json', 'lock.sqlite', 'call-records.sqlite']),
    );
    for (const { parentPath, name } of files) {
      expect.soft((await stat(join(parentPath, name))).mode & 0o077, name).toBe(0);
    }
  });

  it('lets one bridge have the folder at a time', async () => {
    const storage = await open();
    await expect(createStorage({ dataDir: dataDir(), logger: new RecordingLogger() })).rejects.toThrow(
      `The data folder ${dataDir()} is in use by another running bridge.`,
    );
    await Promise.all([storage.close(), storage.close()]);
    await open();
  });

  it('gives the folder free again when it cannot start', async () => {
    await (await open()).close();
    await writeFile(join(dataDir(), 'secrets.json'), '{');
    await expect(open()).rejects.toThrow(join(dataDir(), 'secrets.json'));
    await rm(join(dataDir(), 'secrets.json'));
    await open();
  });

  it('gives the same collection by the same name, and finds it again', async () => {
    const storage = await open();
    const [one, two] = await Promise.all([
      storage.openCollection('fruits', fruitSchema),
      storage.openCollection('fruits', fruitSchema),
    ]);
    expect(one).toBe(two);
    expect(storage.openTransientCollection('status')).toBe(storage.openTransientCollection('status'));
    await expect(storage.openCollection('../fruits', fruitSchema)).rejects.toThrow('no name for a collection');
    await one.put(fruit('apple'));
    await storage.close();
    await expect(storage.openCollection('fruits', fruitSchema)).rejects.toMatchObject({ code: 'closed' });
    expect(await (await (await open()).openCollection('fruits', fruitSchema)).list()).toEqual([fruit('apple')]);
  });

  it('keeps what was used of limits and the audit log', async () => {
    const clock = new FakeClock(noon);
    const storage = await open(new RecordingLogger(), clock);
    await talk(storage.usage, request('1', [claim()]));
    await storage.audit.append(auditEntry('1'));
    clock.advance(5000);
    // The call still runs: closing counts it to the last moment.
    await storage.close();
    await expect(storage.audit.append(auditEntry('2'))).rejects.toMatchObject({ code: 'closed' });
    const again = await open(new RecordingLogger(), clock);
    expect(await readUse(again.usage, clock.now())).toMatchObject({ callsAtOnce: 0, talkMs: 5000 });
    expect((await again.audit.page({ limit: 9 })).entries).toEqual([auditEntry('1')]);
  });

  it('makes each secret once, at random, and keeps it', async () => {
    const storage = await open();
    const [key, same, other] = await Promise.all(['key', 'key', 'other'].map((name) => storage.secrets.get(name)));
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(same).toBe(key);
    expect(other).not.toBe(key);
    await storage.close();
    const again = await open();
    expect(await again.secrets.get('key')).toBe(key);
    expect(await again.secrets.get('other')).toBe(other);
  });

  it('closes a secrets file to others, with a warning', async () => {
    const storage = await open();
    const key = await storage.secrets.get('key');
    await storage.close();
    const path = join(dataDir(), 'secrets.json');
    await chmod(path, 0o644);
    const logger = new RecordingLogger();
    expect(await (await open(logger)).secrets.get('key')).toBe(key);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { path } }]);
    expect(await readFile(path, 'utf8')).toContain(key);
  });
});
