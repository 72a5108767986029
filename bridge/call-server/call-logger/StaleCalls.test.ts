import { beforeEach, describe, expect, it } from 'vitest';
import { type CallId, type CallServerId, callIdSchema, callServerIdSchema } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { type ActiveCall, MemoryActiveCallStore } from '../../storage/index.ts';
import { StaleCalls } from './StaleCalls.ts';

const ours = callServerIdSchema.parse('ours');
const other = callServerIdSchema.parse('other');
const call = (id: string, callServerId: CallServerId) => ({ id: callIdSchema.parse(id), callServerId }) as ActiveCall;

describe('Calls that nobody has any more', () => {
  let clock: FakeClock;
  let activeCalls: MemoryActiveCallStore;
  let logger: RecordingLogger;
  let stale: StaleCalls;
  const known = new Set<CallId>();
  let closed: CallServerId[];
  let heartbeats: { id: CallServerId; heartbeatAtMs: number }[];
  let error: Error | null;

  beforeEach(() => {
    clock = new FakeClock();
    activeCalls = new MemoryActiveCallStore();
    logger = new RecordingLogger();
    known.clear();
    closed = [];
    heartbeats = [];
    error = null;
    stale = new StaleCalls({
      ...{ activeCalls, clock, logger },
      records: {
        closeInterrupted: async (id) => {
          if (error) throw error;
          closed.push(id);
          return [];
        },
      },
      callServers: { list: async () => heartbeats },
      own: { id: ours, has: (id) => known.has(id) },
    });
  });

  /** So many looks. */
  async function look(times: number): Promise<string[]> {
    for (let count = 0; count < times; count += 1) {
      clock.advance(5000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return (await activeCalls.list()).map(({ id }) => id);
  }

  it('are taken out when a call server has been silent for a quarter of a minute, and their records closed, once', async () => {
    heartbeats = [{ id: other, heartbeatAtMs: clock.now() - 4999 }];
    await activeCalls.add(call('a', other));
    await activeCalls.add(call('b', other));
    // Still heard of at 10.001 s; at 15 s for the first time no more.
    expect(await look(3)).toEqual(['a', 'b']);
    expect(closed).toEqual([]);
    expect(await look(1)).toEqual([]);
    expect(closed).toEqual(['other']);
    await look(2);
    expect(closed).toEqual(['other']);
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { count: 2, callServerIds: ['other'] } }]);
  });

  it('stay while their call server tells that it lives', async () => {
    await activeCalls.add(call('a', other));
    for (let count = 0; count < 6; count += 1) {
      heartbeats = [{ id: other, heartbeatAtMs: clock.now() }];
      expect(await look(1)).toEqual(['a']);
    }
  });

  it('are taken out at once where their call server is in no list any more', async () => {
    await activeCalls.add(call('a', other));
    expect(await look(2)).toEqual([]);
    expect(closed).toEqual(['other']);
  });

  it('are taken out of this call server’s own when it knows nothing of them, seen twice; no record is closed', async () => {
    known.add(callIdSchema.parse('up'));
    await activeCalls.add(call('up', ours));
    await activeCalls.add(call('lost', ours));
    expect(await look(1)).toEqual(['up', 'lost']);
    expect(await look(1)).toEqual(['up']);
    expect(closed).toEqual([]);
  });

  it('wait for another look when records can’t be written', async () => {
    error = new Error('disk full');
    await activeCalls.add(call('a', other));
    expect(await look(3)).toEqual(['a']);
    error = null;
    expect(await look(1)).toEqual([]);
  });

  it('are looked for no longer when it is closed', async () => {
    await activeCalls.add(call('a', other));
    await look(1);
    await stale.close();
    expect(await look(5)).toEqual(['a']);
  });
});
