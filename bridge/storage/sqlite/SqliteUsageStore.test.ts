import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import type { Clock } from '../../observability/index.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { describeUsageStore } from '../contracts/usageContract.ts';
import { answerMicros, claim, hourMs, id, noon, price, readUse, request, talk } from '../contracts/usageFixtures.ts';
import { expectNoInterleavingPassesALimit } from '../contracts/usageInterleavings.ts';
import { DatabaseThread, SqliteUsageStore } from './index.ts';
import type { Write } from './operations.ts';

let folder = '';
let thread: DatabaseThread;
let table: DatabaseSync;
let opened: SqliteUsageStore[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-usage-'));
  const path = join(folder, 'database.sqlite');
  thread = await DatabaseThread.start({ path });
  table = new DatabaseSync(path, { timeout: 5000 });
});
afterEach(async () => {
  await Promise.all(opened.map((usage) => usage.close()));
  opened = [];
  table.exec('DELETE FROM usage');
});
afterAll(async () => {
  table.close();
  await thread.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(clock: Clock = new FakeClock(noon), logger = new RecordingLogger()): Promise<SqliteUsageStore> {
  const usage = await SqliteUsageStore.create({ thread, clock, logger });
  opened.push(usage);
  return usage;
}

/** What a bridge finds that is started now, after the one before was killed. */
async function readAfterKill(clock: FakeClock) {
  const usage = await open(new FakeClock(clock.now()));
  return readUse(usage, clock.now());
}

/** Lets the saves of these seconds reach the database. */
async function pass(clock: FakeClock, seconds: number): Promise<void> {
  await clock.advanceAsync(seconds * 1000);
  await thread.query({ kind: 'loadUsage', fromMs: 0 });
}

describeUsageStore('SqliteUsageStore', () => open());

describe('SqliteUsageStore', () => {
  it('lets no interleaving pass a limit, while it saves running calls', async () => {
    let nowMs = 0;
    let tick = () => {};
    const clock: Clock = {
      now: () => nowMs,
      setTimeout: (callback) => {
        tick = callback;
        return { unref: () => undefined };
      },
      clearTimeout: () => undefined,
    };
    // Each interleaving begins at the same time again, so the clock must go back.
    const save = (atMs: number) => {
      nowMs = atMs;
      tick();
    };
    await expectNoInterleavingPassesALimit(await open(clock), { numRuns: 30, save });
  });

  it('has what ended calls used once their end is acknowledged', async () => {
    const clock = new FakeClock(noon);
    const usage = await open(clock);
    await usage.ended(await talk(usage, request('1', [claim()], { price })), noon + 5000);
    expect(await readAfterKill(clock)).toMatchObject({ callsAtOnce: 0, talkMs: 5000, costMicros: answerMicros });
  });

  it('has what running calls used up to eleven seconds ago, and the cost of their answer after two', async () => {
    const clock = new FakeClock(noon);
    const usage = await open(clock);
    await talk(usage, request('1', [claim()], { price }));
    await pass(clock, 2);
    expect((await readAfterKill(clock)).costMicros).toBe(answerMicros);
    for (let second = 3; second <= 40; second += 1) {
      await pass(clock, 1);
      const saved = await readAfterKill(clock);
      expect(saved.talkMs).toBeGreaterThanOrEqual((second - 11) * 1000);
      expect(saved.talkMs).toBeLessThan(second * 1000);
    }
  });

  it('does not save what a call used in the last second, so that its late end is that of its limit', async () => {
    const clock = new FakeClock(noon);
    const usage = await open(clock);
    await talk(usage, request('1', [claim({ talkMsPerDay: 59_999 })]));
    await pass(clock, 60);
    const [end] = await usage.exhaustions(request('1', []).callServerId, clock.now());
    expect(end?.atMs).toBe(noon + 59_999);
    await usage.ended(id('1'), noon + 59_999);
    expect((await readAfterKill(clock)).talkMs).toBe(59_999);
  });

  it('has everything to the last moment when it was closed, and saves nothing more', async () => {
    const clock = new FakeClock(noon);
    const usage = await open(clock);
    await talk(usage, request('1', [claim()]));
    await pass(clock, 5);
    await usage.close();
    expect(clock.pendingTimers).toBe(0);
    expect((await readAfterKill(clock)).talkMs).toBe(5000);
    await usage.close();
  });

  it('counts on where it was, by the days of any time zone', async () => {
    const clock = new FakeClock(noon);
    const usage = await open(clock);
    await usage.ended(await talk(usage, request('1', [claim()], { atMs: noon - 6 * hourMs })), noon);
    const again = await open(clock);
    const claims = [claim({ talkMsPerDay: 7 * hourMs })];
    await talk(again, request('2', claims));
    expect(await again.exhaustions(request('2', []).callServerId, noon)).toMatchObject([{ atMs: noon + hourMs }]);
    const eastern = claim({}, { day: { fromMs: noon - 2 * hourMs, toMs: noon + 22 * hourMs } });
    expect(await readUse(again, noon, eastern)).toMatchObject({ talkMs: 2 * hourMs });
  });

  it('waits for no disk to admit a call and to begin it', async () => {
    const written: Write[] = [];
    const stuck = {
      query: () => Promise.resolve({ meterIds: [], numbers: new Float64Array() }) as Promise<never>,
      write: (write: Write) => {
        written.push(write);
        return new Promise<never>(() => undefined);
      },
    };
    const usage = await SqliteUsageStore.create({
      thread: stuck,
      clock: new FakeClock(noon),
      logger: new RecordingLogger(),
    });
    const claims = [claim({ callsAtOnce: 1 })];
    await talk(usage, request('1', claims, { price }));
    expect(await usage.admit(request('2', claims))).toMatchObject({ limit: 'callsAtOnce' });
    expect(written).toEqual([]);
    void usage.ended(id('1'), noon + 1000);
    expect(await usage.admit(request('2', claims, { atMs: noon + 1000 }))).toBeNull();
    await Promise.resolve();
    expect(written).toMatchObject([{ kind: 'saveUsage' }]);
  });

  it('lets calls go on while the disk refuses, says so once, and saves all of it later', async () => {
    const saved = new Map<number, number>();
    let isFull = true;
    const disk = {
      query: () => Promise.resolve({ meterIds: [], numbers: new Float64Array() }) as Promise<never>,
      write: async (write: Write) => {
        if (isFull) throw new Error('full');
        if (write.kind !== 'saveUsage') return;
        for (const { fromMs, talkMs } of write.slices) saved.set(fromMs, talkMs);
      },
    };
    const clock = new FakeClock(noon);
    const logger = new RecordingLogger();
    const usage = await SqliteUsageStore.create({ thread: disk, clock, logger });
    for (const callId of ['1', '2', '3']) {
      await usage.ended(await talk(usage, request(callId, [claim()])), noon + 1000);
    }
    expect((await readUse(usage, noon + 1000)).talkMs).toBe(3000);
    const warnings = logger.lines.filter(({ message }) => message.includes('cannot be saved'));
    expect(warnings).toHaveLength(1);
    isFull = false;
    await clock.advanceAsync(1000);
    expect([...saved]).toEqual([[noon, 3000]]);
    await usage.close();
  });

  it('deletes what was used more than two days ago', async () => {
    const usage = await open();
    await usage.ended(await talk(usage, request('1', [claim()])), noon + 5000);
    const slicesAfter = async (ms: number) => {
      const clock = new FakeClock(noon + ms - 1000);
      await open(clock);
      await pass(clock, 1);
      return table.prepare('SELECT count(*) AS slices FROM usage').get()?.slices;
    };
    expect(await slicesAfter(48 * hourMs)).toBe(1);
    expect(await slicesAfter(48 * hourMs + 1)).toBe(0);
  });

  it('deletes them every hour', async () => {
    const forgotten: number[] = [];
    const counted = {
      query: () => Promise.resolve({ meterIds: [], numbers: new Float64Array() }) as Promise<never>,
      write: async (write: Write) => {
        if (write.kind === 'forgetUsage') forgotten.push(write.beforeMs - noon);
      },
    };
    const clock = new FakeClock(noon + 48 * hourMs);
    const usage = await SqliteUsageStore.create({ thread: counted, clock, logger: new RecordingLogger() });
    clock.advance(2 * hourMs);
    expect(forgotten).toEqual([1000, hourMs + 1000]);
    await usage.close();
  });
});
