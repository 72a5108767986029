import { beforeEach, describe, expect, it } from 'vitest';
import { type Gateway, gatewaySchema } from '../../../shared/admin/index.ts';
import type { GatewayId } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import type { ProbeResult } from '../../sip-stack/index.ts';
import { MemoryCollection } from '../../storage/index.ts';
import { GatewayMonitor } from './GatewayMonitor.ts';
import type { GatewayStatus } from './GatewayStatus.ts';

const id = 'gw' as GatewayId;

describe('GatewayMonitor', () => {
  let clock: FakeClock;
  let statuses: MemoryCollection<GatewayStatus>;
  let gateways: MemoryCollection<Gateway>;
  let answer: ProbeResult;
  let probes: number;
  let monitor: GatewayMonitor;

  beforeEach(async () => {
    clock = new FakeClock();
    statuses = new MemoryCollection<GatewayStatus>();
    gateways = new MemoryCollection<Gateway>();
    await gateways.put(gatewaySchema.parse({ id: 'gw', host: '127.0.0.1' }));
    answer = { isReachable: true, status: 200, roundTripMs: 3 };
    probes = 0;
    const sip = {
      probe: async () => {
        probes += 1;
        return answer;
      },
    };
    monitor = new GatewayMonitor(
      { gateways, statuses, sip, clock, logger: new RecordingLogger(), random: () => 0.5 },
      { intervalMs: 1000, timeoutMs: 100, failuresUntilDown: 2, successesUntilUp: 2 },
    );
  });

  const state = async () => (await statuses.get(id))?.state;

  it('calls a gateway up only after as many answers in a row as the threshold says', async () => {
    await monitor.watchAll();
    expect(await state()).toBe('unknown');
    await clock.advanceAsync(200);
    expect(await state()).toBe('up');
  });

  it('calls a gateway down at the threshold of failures and up again at that of answers', async () => {
    const changes: string[] = [];
    monitor.on('stateChanged', ({ from, to }) => changes.push(`${from}>${to}`));
    await monitor.watchAll();
    await clock.advanceAsync(200);
    answer = { isReachable: false, problem: 'no answer' };
    await clock.advanceAsync(1000);
    expect(await state()).toBe('up');
    await clock.advanceAsync(200);
    expect(await state()).toBe('down');
    answer = { isReachable: true, status: 404 };
    await clock.advanceAsync(1000);
    expect(await state()).toBe('down');
    await clock.advanceAsync(1000);
    expect(await state()).toBe('up');
    expect(changes).toEqual(['unknown>up', 'up>down', 'down>up']);
  });

  it('counts a 503 as a failure and keeps its Retry-After', async () => {
    answer = { isReachable: true, status: 503, retryAfterMs: 5000 };
    await monitor.watchAll();
    await clock.advanceAsync(200);
    expect(await statuses.get(id)).toMatchObject({ state: 'down', problem: 'answered 503' });
    expect((await statuses.get(id))?.resumeAtMs).toBe(clock.now() + 5000);
  });

  it('counts a call without an answer as a failed probe, and probes at once', async () => {
    await monitor.watchAll();
    await clock.advanceAsync(200);
    expect(await state()).toBe('up');
    answer = { isReachable: false, problem: 'no answer' };
    const before = probes;
    await monitor.suspect(id, 'a call got no answer');
    expect(probes).toBe(before + 1);
    expect(await state()).toBe('down');
    expect(clock.pendingTimers).toBe(1);
  });

  it('believes a gateway that answers its probe more than one call', async () => {
    await monitor.watchAll();
    await clock.advanceAsync(200);
    await monitor.suspect(id, 'a call got no answer');
    expect(await statuses.get(id)).toMatchObject({ state: 'up', failures: 0 });
  });

  it('stops probing a gateway that was removed, and all of them when closed', async () => {
    await monitor.watchAll();
    await gateways.delete('gw');
    await clock.advanceAsync(5000);
    expect(probes).toBe(1);
    monitor.close();
    expect(clock.pendingTimers).toBe(0);
  });
});
