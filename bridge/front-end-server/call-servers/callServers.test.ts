import { describe, expect, it } from 'vitest';
import { callServerIdSchema } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { MemoryCollection } from '../../storage/memory/index.ts';
import { type CallServerEntry, callServerEntrySchema } from './CallServerEntry.ts';
import { CallServerHeartbeat } from './CallServerHeartbeat.ts';
import { httpOrigin } from './httpOrigin.ts';
import { LoadBalancer } from './LoadBalancer.ts';

const clock = new FakeClock();

function entry(id: string, fields: Partial<CallServerEntry> = {}): CallServerEntry {
  const usual = {
    url: `https://${id}.example.com`,
    region: 'default',
    activeCalls: 0,
    capacity: 100,
    isDraining: false,
  };
  return callServerEntrySchema.parse({ id, ...usual, heartbeatAtMs: clock.now(), ...fields });
}

async function chosen(...entries: readonly CallServerEntry[]): Promise<string> {
  const callServers = new MemoryCollection<CallServerEntry>();
  for (const each of entries) await callServers.put(each);
  return (await new LoadBalancer({ callServers, clock }).choose()).id;
}

describe('LoadBalancer', () => {
  it('chooses the least load by share of the capacity', async () => {
    expect(await chosen(entry('a', { activeCalls: 20 }), entry('b', { activeCalls: 50, capacity: 1000 }))).toBe('b');
    expect(await chosen(entry('a', { activeCalls: 20 }), entry('b', { activeCalls: 50, capacity: null }))).toBe('b');
  });

  it('leaves out those that drain or have gone silent', async () => {
    const silent = entry('a', { heartbeatAtMs: clock.now() - 10_001 });
    const draining = entry('b', { isDraining: true });
    expect(await chosen(silent, draining, entry('c', { activeCalls: 99 }))).toBe('c');
    await expect(chosen(silent, draining)).rejects.toMatchObject({ code: 'goingAway', retryAfterMs: 2000 });
  });

  it('sends people to a full one rather than nowhere', async () => {
    expect(await chosen(entry('a', { activeCalls: 100 }))).toBe('a');
  });
});

describe('CallServerHeartbeat', () => {
  const self = { id: callServerIdSchema.parse('main'), url: null, region: 'default', capacity: null };

  it('keeps its entry fresh with the calls that are up, drains, and takes it out at the end', async () => {
    const ownClock = new FakeClock();
    const callServers = new MemoryCollection<CallServerEntry>();
    let calls = 0;
    const logger = new RecordingLogger();
    const heartbeat = await CallServerHeartbeat.create({
      callServers,
      self,
      activeCalls: () => calls,
      clock: ownClock,
      logger,
    });
    expect(await new LoadBalancer({ callServers, clock: ownClock }).choose()).toMatchObject({
      id: 'main',
      activeCalls: 0,
    });
    calls = 3;
    await ownClock.advanceAsync(60_000);
    expect(await new LoadBalancer({ callServers, clock: ownClock }).choose()).toMatchObject({ activeCalls: 3 });
    await heartbeat.drain();
    await expect(new LoadBalancer({ callServers, clock: ownClock }).choose()).rejects.toMatchObject({
      code: 'goingAway',
    });
    await heartbeat.close();
    await heartbeat.close();
    expect(await callServers.list()).toHaveLength(0);
    await ownClock.advanceAsync(60_000);
    expect(await callServers.list()).toHaveLength(0);
    expect(ownClock.pendingTimers).toBe(0);
  });

  it('goes on after a store that failed for a while, and says so', async () => {
    const ownClock = new FakeClock();
    const callServers = new MemoryCollection<CallServerEntry>();
    const logger = new RecordingLogger();
    let isDown = false;
    const flaky = {
      put: async (each: CallServerEntry) => {
        if (isDown) throw new Error('store is down');
        await callServers.put(each);
      },
      delete: (id: string) => callServers.delete(id),
    };
    const heartbeat = await CallServerHeartbeat.create({
      callServers: flaky,
      self,
      activeCalls: () => 0,
      clock: ownClock,
      logger,
    });
    isDown = true;
    await ownClock.advanceAsync(4000);
    expect(logger.lines.filter((line) => line.level === 'error')).toHaveLength(2);
    isDown = false;
    await ownClock.advanceAsync(2000);
    expect((await callServers.get('main'))?.heartbeatAtMs).toBe(ownClock.now());
    await heartbeat.close();
  });
});

describe('httpOrigin', () => {
  it.each([
    [{ isSecure: false, host: '127.0.0.1', port: 8080 }, 'http://127.0.0.1:8080'],
    [{ isSecure: false, host: '::1', port: 8080 }, 'http://[::1]:8080'],
    [{ isSecure: true, host: '2001:db8::1', port: 443 }, 'https://[2001:db8::1]'],
    [{ isSecure: false, host: '::', port: 80 }, 'http://[::1]'],
    [{ isSecure: false, host: '0.0.0.0', port: 8080 }, 'http://127.0.0.1:8080'],
    [{ isSecure: false, host: 'fe80::1%eth0', port: 8080 }, 'http://[fe80::1]:8080'],
    [{ isSecure: true, host: 'phone.example.com', port: 8443 }, 'https://phone.example.com:8443'],
  ])('of %j is %s', (address, origin) => {
    expect(httpOrigin(address)).toBe(origin);
    expect(new URL(origin).origin).toBe(origin);
  });
});
