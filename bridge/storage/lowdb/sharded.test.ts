import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeCollection } from '../contracts/collectionContract.ts';
import { type Fruit, fruit, fruitSchema } from '../contracts/fruit.ts';
import { openCollectionFiles } from './index.ts';
import { shardFileName, shardOf } from './shardOf.ts';

const shards = 8;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-shards-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const place = () => join(folder, 'collections', 'fruits.json');
const shardFolder = () => join(folder, 'collections', 'fruits');
const open = () => openCollectionFiles({ path: place(), schema: fruitSchema, shards });
const openUnsharded = () => openCollectionFiles({ path: place(), schema: fruitSchema });
const fileOf = (id: string) => join(shardFolder(), shardFileName(shardOf(id, shards)));
const ids = Array.from({ length: 100 }, (_, number) => `fruit ${number}`);
const paintAll = (colour: string) => () => new Map(ids.map((id) => [id, fruit(id, colour)]));

/** Each shard with its content, as it is on the disk. */
async function readShards(): Promise<Record<string, Fruit[]>> {
  const names = (await readdir(shardFolder())).filter((name) => /^\d+\.json$/.test(name));
  const contents = names.map(async (name) => {
    const content = JSON.parse(await readFile(join(shardFolder(), name), 'utf8')) as { entities: Fruit[] };
    return [name, content.entities] as const;
  });
  return Object.fromEntries(await Promise.all(contents));
}

/** What the file is: it gets another one with each write. */
const inodeOf = async (path: string) => (await stat(path)).ino;

describeCollection('ShardedLowdbCollection', open);

describe('A collection in shards', () => {
  it('spreads entities over its files, and finds them again', async () => {
    const fruits = await open();
    await fruits.updateAll(paintAll('red'));
    const sizes = Object.values(await readShards()).map((entities) => entities.length);
    expect(sizes).toHaveLength(shards);
    expect(Math.min(...sizes)).toBeGreaterThan(3);
    expect(Math.max(...sizes)).toBeLessThan(30);
    const again = await open();
    expect((await again.list()).map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(await again.get('fruit 7')).toEqual(fruit('fruit 7'));
  });

  it('puts ids where they have always been', () => {
    for (const id of ['', 'a', 'foobar', 'ä ö', '日本']) expect(shardOf(id, 1_000_003)).toBe(fnv1a(id) % 1_000_003);
    expect(ids.slice(0, 8).map((id) => shardOf(id, 8))).toEqual([0, 6, 5, 1, 6, 4, 0, 3]);
  });

  it('writes the file of what was changed and no other', async () => {
    const fruits = await open();
    await fruits.updateAll(paintAll('red'));
    const before = await Promise.all(ids.map((id) => inodeOf(fileOf(id))));
    await fruits.update('fruit 1', () => fruit('fruit 1', 'green'));
    const after = await Promise.all(ids.map((id) => inodeOf(fileOf(id))));
    for (const [index, id] of ids.entries())
      expect(after[index] === before[index]).toBe(fileOf(id) !== fileOf('fruit 1'));
    await fruits.updateAll((present) => new Map(present));
    expect(await Promise.all(ids.map((id) => inodeOf(fileOf(id))))).toEqual(after);
    await fruits.updateAll((present) => new Map(present).set('fruit 2', fruit('fruit 2', 'blue')));
    expect(await inodeOf(fileOf('fruit 1'))).toBe(after[1]);
    expect(await inodeOf(fileOf('fruit 2'))).not.toBe(after[2]);
  });

  it('keeps its number of shards, whatever is asked for later', async () => {
    const fruits = await open();
    await fruits.updateAll(paintAll('red'));
    await fruits.close();
    for (const later of [{ shards: 3 }, {}]) {
      const again = await openCollectionFiles({ path: place(), schema: fruitSchema, ...later });
      expect(await again.list()).toHaveLength(ids.length);
      await again.close();
    }
    expect(Object.keys(await readShards())).toHaveLength(shards);
  });

  it('changes all of many files or none, where one of them can’t be written', async () => {
    const fruits = await open();
    await fruits.updateAll(paintAll('red'));
    await mkdir(join(`${fileOf('fruit 3')}.new`, 'in the way'), { recursive: true });
    await expect(fruits.updateAll(paintAll('green'))).rejects.toMatchObject({ code: 'unavailable' });
    for (const reader of [fruits, await open()]) {
      expect(new Set((await reader.list()).map(({ colour }) => colour))).toEqual(new Set(['red']));
    }
    await rm(`${fileOf('fruit 3')}.new`, { recursive: true });
    await fruits.updateAll(paintAll('blue'));
    expect((await (await open()).get('fruit 3'))?.colour).toBe('blue');
  });

  it('loses no change of one that comes while all are being changed', async () => {
    const fruits = await open();
    const added: string[] = [];
    for (let turns = 0; turns < 12; turns += 1) {
      const painting = fruits.updateAll((present) => new Map([...present, ...paintAll(`${turns}`)()]));
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      added.push(`kiwi ${turns}`);
      await Promise.all([painting, fruits.put(fruit(`kiwi ${turns}`))]);
      for (const reader of [fruits, await open()]) {
        const kiwis = (await reader.list()).filter(({ id }) => id.startsWith('kiwi'));
        expect(kiwis.map(({ id }) => id).sort()).toEqual([...added].sort());
      }
    }
  });

  it('takes no more changes once a decided one could not be put in place; the next start does that', async () => {
    const fruits = await open();
    await fruits.updateAll(paintAll('red'));
    // A folder can't be given a second name, which is the first thing that happens to the present file.
    const kept = `${fileOf('fruit 3')}.kept`;
    await cp(fileOf('fruit 3'), kept);
    await rm(fileOf('fruit 3'));
    await mkdir(fileOf('fruit 3'));
    await expect(fruits.updateAll(paintAll('green'))).rejects.toMatchObject({ code: 'unavailable' });
    expect((await fruits.get('fruit 3'))?.colour).toBe('red');
    await expect(fruits.put(fruit('fruit 3', 'blue'))).rejects.toMatchObject({ code: 'unavailable' });
    await expect(fruits.updateAll(paintAll('blue'))).rejects.toMatchObject({ code: 'unavailable' });
    await rm(fileOf('fruit 3'), { recursive: true });
    await cp(kept, fileOf('fruit 3'));
    const again = await open();
    expect(new Set((await again.list()).map(({ colour }) => colour))).toEqual(new Set(['green']));
    await again.put(fruit('fruit 3', 'blue'));
    expect(await readdir(shardFolder())).not.toContain('commit.json');
  });

  it('refuses a damaged shard, and an entry in the wrong one, by name', async () => {
    await (await open()).updateAll(paintAll('red'));
    const good = await readFile(fileOf('fruit 1'), 'utf8');
    await writeFile(fileOf('fruit 1'), good.slice(0, 50));
    await expect(open()).rejects.toMatchObject({ code: 'damaged' });
    await expect(open()).rejects.toThrow(fileOf('fruit 1'));
    const wrong = ids.find((id) => fileOf(id) !== fileOf('fruit 1')) ?? '';
    await writeFile(fileOf('fruit 1'), good.replace('"fruit 1"', JSON.stringify(wrong)));
    await expect(open()).rejects.toThrow(`the entry ${wrong} belongs into ${shardFileName(shardOf(wrong, shards))}`);
    await writeFile(fileOf('fruit 1'), good);
    expect(await (await open()).list()).toHaveLength(ids.length);
  });

  it.each([
    ['folder', shardFolder],
    ['file', place],
  ])('does not start empty where its %s is gone', async (_, gone) => {
    await (await open()).updateAll(paintAll('red'));
    await rm(gone(), { recursive: true });
    await rm(`${place()}.backup`, { force: true });
    await expect(open()).rejects.toMatchObject({ code: 'damaged' });
    await expect(open()).rejects.toThrow(gone());
  });

  it('refuses changes once closed, after those that were begun', async () => {
    const fruits = await open();
    const writing = [
      fruits.put(fruit('apple')),
      fruits.updateAll((present) => new Map(present).set('fig', fruit('fig'))),
    ];
    await fruits.close();
    await Promise.all(writing);
    await expect(fruits.put(fruit('plum'))).rejects.toMatchObject({ code: 'closed' });
    await expect(fruits.updateAll(paintAll('red'))).rejects.toMatchObject({ code: 'closed' });
    expect(await (await open()).list()).toHaveLength(2);
  });
});

describe('A collection in one file that is to be in shards', () => {
  async function fillSingleFile(): Promise<void> {
    const fruits = await openUnsharded();
    await fruits.updateAll(paintAll('red'));
    await fruits.close();
  }

  it('is moved, with everything in it, and is a collection in shards from then on', async () => {
    await fillSingleFile();
    const before = await readFile(place(), 'utf8');
    const fruits = await open();
    expect((await fruits.list()).map(({ id }) => id).sort()).toEqual([...ids].sort());
    await fruits.put(fruit('kiwi'));
    await fruits.close();
    expect(JSON.parse(await readFile(place(), 'utf8'))).toEqual({ format: 2, shards });
    expect(await readFile(`${place()}.backup`, 'utf8')).toBe(before);
    expect(await (await open()).list()).toHaveLength(ids.length + 1);
    for (const name of await readdir(shardFolder()))
      expect((await stat(join(shardFolder(), name))).mode & 0o077).toBe(0);
    expect((await stat(shardFolder())).mode & 0o077).toBe(0);
  });

  it('is moved anew where the move before was interrupted at any point', async () => {
    await fillSingleFile();
    await cp(join(folder, 'collections'), join(folder, 'before'), { recursive: true });
    await (await open()).close();
    const moved = await readdir(shardFolder());
    for (let written = 0; written <= moved.length; written += 1) {
      await rm(join(folder, 'collections', 'fruits.json'));
      await cp(join(folder, 'before'), join(folder, 'collections'), { recursive: true });
      for (const name of moved.slice(written)) await rm(join(shardFolder(), name), { force: true });
      await writeFile(join(shardFolder(), `${moved[written] ?? moved[0]}.new`), '{ "half');
      const fruits = await open();
      expect((await fruits.list()).map(({ id }) => id).sort()).toEqual([...ids].sort());
      await fruits.close();
    }
  });

  it('takes nothing from an older folder of shards that lies beside it', async () => {
    await (await open()).updateAll(paintAll('green'));
    await rm(place());
    await rm(`${place()}.backup`, { force: true });
    await writeFile(place(), JSON.stringify({ format: 1, entities: [fruit('apple')] }));
    // Nor does it matter in which state that folder is.
    await rm(fileOf('fruit 1'));
    await writeFile(`${fileOf('fruit 1')}.backup`, 'oops');
    await writeFile(fileOf('fruit 2'), 'oops');
    await writeFile(join(shardFolder(), 'commit.json'), 'oops');
    expect(await (await openUnsharded()).list()).toEqual([fruit('apple')]);
    expect(await (await open()).list()).toEqual([fruit('apple')]);
  });

  it('is left as it is where it is damaged', async () => {
    await fillSingleFile();
    await writeFile(place(), '{ "format": 1, "entities": [{}] }');
    await expect(open()).rejects.toMatchObject({ code: 'damaged' });
    expect(await readFile(place(), 'utf8')).toBe('{ "format": 1, "entities": [{}] }');
  });
});

/** FNV-1a of the bytes in UTF-16LE with its halves folded, written down with big numbers. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5n;
  for (const byte of Buffer.from(text, 'utf16le')) hash = ((hash ^ BigInt(byte)) * 0x01000193n) % 2n ** 32n;
  return Number(hash ^ (hash >> 16n));
}
