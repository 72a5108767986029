import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../observability/FakeClock.ts';
import { RecordingLogger } from '../observability/RecordingLogger.ts';
import { CollectionMirror } from './CollectionMirror.ts';
import { MemoryCollection } from './memory/index.ts';

interface Thing {
  readonly id: string;
  readonly size: number;
}

describe('CollectionMirror', () => {
  let clock: FakeClock;
  let logger: RecordingLogger;
  let collection: MemoryCollection<Thing>;
  beforeEach(() => {
    clock = new FakeClock();
    logger = new RecordingLogger();
    collection = new MemoryCollection([{ id: 'a', size: 1 }]);
  });
  const create = (list = () => collection.list()) =>
    CollectionMirror.create<Thing>({ collection: { list }, clock, logger, name: 'the things' });

  it('knows at once what is there, and after a second what others changed', async () => {
    const mirror = await create();
    expect(mirror.get('a')).toEqual({ id: 'a', size: 1 });
    await collection.put({ id: 'b', size: 2 });
    await collection.delete('a');
    await clock.advanceAsync(999);
    expect([...mirror.entities.keys()]).toEqual(['a']);
    await clock.advanceAsync(1);
    expect([...mirror.entities.keys()]).toEqual(['b']);
    mirror.close();
    expect(clock.pendingTimers).toBe(0);
  });

  it('tells of a reading only where it found a change', async () => {
    const read: string[][] = [];
    const onRead = (things: readonly Thing[]) => read.push(things.map(({ id, size }) => `${id}${size}`));
    const mirror = await CollectionMirror.create<Thing>({ collection, clock, logger, name: 'the things', onRead });
    await clock.advanceAsync(5000);
    expect(read).toEqual([['a1']]);
    await collection.put({ id: 'a', size: 2 });
    await clock.advanceAsync(1000);
    await collection.delete('a');
    await clock.advanceAsync(1000);
    expect(read).toEqual([['a1'], ['a2'], []]);
    mirror.close();
  });

  it('knows a change of one’s own after reload', async () => {
    const mirror = await create();
    await collection.put({ id: 'a', size: 5 });
    await mirror.reload();
    expect(mirror.get('a')?.size).toBe(5);
    mirror.close();
  });

  it('keeps what it has while the store cannot be read, and says so once', async () => {
    let isDown = false;
    const mirror = await create(() => (isDown ? Promise.reject(new Error('down')) : collection.list()));
    isDown = true;
    await clock.advanceAsync(3000);
    expect(mirror.get('a')?.size).toBe(1);
    expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    isDown = false;
    await collection.put({ id: 'a', size: 2 });
    await clock.advanceAsync(1000);
    expect(mirror.get('a')?.size).toBe(2);
    mirror.close();
  });

  it('does not go back to what a slow reading saw before a faster one', async () => {
    const answers: ((things: readonly Thing[]) => void)[] = [];
    let isFirst = true;
    const mirror = await create(() => {
      if (isFirst) {
        isFirst = false;
        return Promise.resolve([]);
      }
      return new Promise((resolve) => answers.push(resolve));
    });
    const [slow, fast] = [mirror.reload(), mirror.reload()];
    answers[1]?.([{ id: 'a', size: 2 }]);
    await fast;
    answers[0]?.([{ id: 'a', size: 1 }]);
    await slow;
    expect(mirror.get('a')?.size).toBe(2);
    mirror.close();
  });

  it('is not made without a first reading', async () => {
    await expect(create(() => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(clock.pendingTimers).toBe(0);
  });
});
