import { chmod, link, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contactIdSchema, userIdSchema } from '../../../shared/domain/index.ts';
import { alice, contact, describeAddressBookStore } from '../contracts/addressBookContract.ts';
import { describeCollection } from '../contracts/collectionContract.ts';
import { fruit, fruitSchema } from '../contracts/fruit.ts';
import { LowdbAddressBookStore, openCollectionFiles } from './index.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-lowdb-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const place = () => join(folder, 'collections', 'fruits.json');
const open = () => openCollectionFiles({ path: place(), schema: fruitSchema });
const openBooks = () => new LowdbAddressBookStore(join(folder, 'books'));

describeCollection('LowdbCollection', open);
describeAddressBookStore('LowdbAddressBookStore', async () => openBooks());

describe('LowdbCollection', () => {
  it('finds everything again after it was opened anew', async () => {
    const fruits = await open();
    await Promise.all([fruits.put(fruit('apple')), fruits.put(fruit('plum', 'blue'))]);
    await fruits.close();
    expect(await (await open()).list()).toEqual([fruit('apple'), fruit('plum', 'blue')]);
  });

  it('makes files that only their owner can read, and leaves no passing ones', async () => {
    const fruits = await open();
    await fruits.put(fruit('apple'));
    await fruits.put(fruit('plum'));
    expect((await readdir(join(folder, 'collections'))).sort()).toEqual(['fruits.json', 'fruits.json.backup']);
    expect((await stat(place())).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'collections'))).mode & 0o777).toBe(0o700);
  });

  it('joins changes that wait into one write', async () => {
    const fruits = await open();
    await fruits.put(fruit('apple', 'first write'));
    await Promise.all(Array.from({ length: 100 }, (_, index) => fruits.put(fruit(`fruit ${index}`))));
    // The backup is the version before: had there been several writes, it would hold some of the hundred.
    const backup = JSON.parse(await readFile(`${place()}.backup`, 'utf8')) as { entities: unknown[] };
    expect(backup.entities).toHaveLength(1);
  });

  it('keeps the version before as a backup', async () => {
    const fruits = await open();
    await fruits.put(fruit('apple', 'red'));
    await fruits.put(fruit('apple', 'green'));
    expect(await readFile(`${place()}.backup`, 'utf8')).toContain('"red"');
    expect(await readFile(place(), 'utf8')).toContain('"green"');
  });

  it.each([
    ['half a file', '{ "format": 1, "entities": [{ "id": "app'],
    ['an empty file', ''],
    ['an entity of another shape', '{ "format": 1, "entities": [{ "id": "apple", "colour": 7 }] }'],
    ['a newer format', '{ "format": 2, "entities": [] }'],
  ])('refuses %s with the place and the backup in the message, and leaves it as it is', async (_, text) => {
    const fruits = await open();
    await fruits.put(fruit('apple'));
    await fruits.put(fruit('plum'));
    await writeFile(place(), text);
    const opening = open();
    await expect(opening).rejects.toMatchObject({ name: 'StorageError', code: 'damaged' });
    await expect(opening).rejects.toThrow(place());
    await expect(opening).rejects.toThrow(`${place()}.backup`);
    expect(await readFile(place(), 'utf8')).toBe(text);
  });

  it('goes on from the backup once an operator put it back', async () => {
    const fruits = await open();
    await fruits.put(fruit('apple'));
    await fruits.put(fruit('plum'));
    await rm(place());
    await expect(open()).rejects.toThrow('is missing');
    await link(`${place()}.backup`, place());
    expect(await (await open()).list()).toEqual([fruit('apple')]);
  });

  it('writes nothing where a change of all changes nothing', async () => {
    const fruits = await open();
    await fruits.put(fruit('apple'));
    const { ino } = await stat(place());
    await fruits.updateAll((present) => present);
    await fruits.updateAll((present) => new Map(present));
    expect((await stat(place())).ino).toBe(ino);
    await fruits.updateAll((present) => new Map(present).set('apple', fruit('apple')));
    expect((await stat(place())).ino).not.toBe(ino);
  });

  it('refuses a change of all for the sake of one that it would refuse to read', async () => {
    const fruits = await open();
    await fruits.put(fruit('apple'));
    const changing = fruits.updateAll(
      () =>
        new Map([
          ['plum', fruit('plum')],
          ['fig', { id: 'fig', colour: 7 } as never],
        ]),
    );
    await expect(changing).rejects.toThrow('colour');
    expect(await fruits.list()).toEqual([fruit('apple')]);
  });

  it('refuses to keep what it would refuse to read', async () => {
    const fruits = await open();
    await expect(fruits.put({ id: 'apple', colour: 7 } as never)).rejects.toThrow();
    await fruits.put(fruit('plum'));
    expect(await fruits.list()).toEqual([fruit('plum')]);
  });

  it('rejects a change that cannot be written, shows the old state, and recovers', async () => {
    const fruits = await open();
    await fruits.put(fruit('apple', 'red'));
    // A folder in the place of the passing file: no write can succeed, whoever runs this.
    await mkdir(join(`${place()}.new`, 'in the way'), { recursive: true });
    await expect(fruits.put(fruit('apple', 'green'))).rejects.toMatchObject({ code: 'unavailable' });
    expect((await fruits.get('apple'))?.colour).toBe('red');
    await rm(`${place()}.new`, { recursive: true });
    await fruits.put(fruit('plum'));
    expect(await (await open()).list()).toEqual([fruit('apple', 'red'), fruit('plum')]);
  });

  it('survives what an interrupted write left behind', async () => {
    const fruits = await open();
    await fruits.put(fruit('apple'));
    await writeFile(`${place()}.new`, '{ "half');
    await chmod(`${place()}.new`, 0o644);
    await writeFile(`${place()}.backup.new`, '');
    const again = await open();
    await again.put(fruit('plum'));
    expect(await (await open()).list()).toHaveLength(2);
    expect((await stat(place())).mode & 0o777).toBe(0o600);
  });

  it('writes what was begun before it closes, and refuses more', async () => {
    const fruits = await open();
    const writing = fruits.put(fruit('apple'));
    await fruits.close();
    await writing;
    await expect(fruits.put(fruit('plum'))).rejects.toMatchObject({ code: 'closed' });
    expect(await (await open()).list()).toEqual([fruit('apple')]);
  });
});

describe('LowdbAddressBookStore', () => {
  it('keeps a file per person and finds the books again', async () => {
    const books = openBooks();
    await books.createIfAbsent(alice, [contact('1')]);
    await books.createIfAbsent(userIdSchema.parse('../Bob'), [contact('2')]);
    await books.close();
    const files = (await readdir(join(folder, 'books'))).filter((name) => name.endsWith('.json'));
    expect(files).toHaveLength(2);
    expect(files).toContain('alice.json');
    expect(await openBooks().list(userIdSchema.parse('../Bob'))).toEqual([contact('2')]);
  });

  it('lets the damage of one book harm that book alone, and takes it back once repaired', async () => {
    const books = openBooks();
    await books.createIfAbsent(alice, [contact('1')]);
    await books.createIfAbsent(userIdSchema.parse('bob'), [contact('2')]);
    await books.close();
    const good = await readFile(join(folder, 'books', 'alice.json'));
    await writeFile(join(folder, 'books', 'alice.json'), 'oops');
    const again = openBooks();
    await expect(again.list(alice)).rejects.toMatchObject({ code: 'damaged' });
    await expect(again.createIfAbsent(alice, [])).rejects.toMatchObject({ code: 'damaged' });
    expect(await again.list(userIdSchema.parse('bob'))).toHaveLength(1);
    await writeFile(join(folder, 'books', 'alice.json'), good);
    expect(await again.list(alice)).toHaveLength(1);
  });

  it('keeps no more books in memory than it may, and loses none of them', async () => {
    const books = openBooks();
    const people = Array.from({ length: 260 }, (_, index) => userIdSchema.parse(`user-${index}`));
    const id = contactIdSchema.parse('1');
    await Promise.all(people.map((person) => books.update(person, id, () => contact('1', person))));
    await Promise.all(
      people.map((person) => books.update(person, id, (now) => now && { ...now, revision: now.revision + 1 })),
    );
    const found = await Promise.all(people.map((person) => books.get(person, id)));
    expect(found.every((entry, index) => entry?.revision === 2 && entry.name === people[index])).toBe(true);
  });
});
