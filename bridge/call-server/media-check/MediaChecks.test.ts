import { beforeEach, describe, expect, it } from 'vitest';
import type { DeviceId, UserId } from '../../../shared/domain/index.ts';
import { type EchoSession, MediaError } from '../../media-relay/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { callClient } from '../testing/callClient.ts';
import { longestCheckMs, MediaChecks, mostChecksAtOnce, mostChecksPerUser } from './MediaChecks.ts';

class FakeEcho implements EchoSession {
  readonly offers: string[] = [];
  isClosed = false;

  async acceptBrowserOffer(offer: string): Promise<string> {
    if (offer === 'junk') throw new MediaError('badOffer', 'unreadable');
    this.offers.push(offer);
    return `echo of ${offer}`;
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

const person = (userName: string, deviceId = 'd1') =>
  callClient(userName, {
    user: { id: userName as UserId, userName, displayName: userName, role: 'user' },
    deviceId: deviceId as DeviceId,
  });
const alice = person('alice');

describe('MediaChecks', () => {
  let clock: FakeClock;
  let echoes: FakeEcho[];
  let checks: MediaChecks;
  const open = () => echoes.filter(({ isClosed }) => !isClosed).length;

  beforeEach(() => {
    clock = new FakeClock();
    echoes = [];
    const createEchoSession = () => {
      const echo = new FakeEcho();
      echoes.push(echo);
      return echo;
    };
    checks = new MediaChecks({ relay: { createEchoSession }, clock, logger: new RecordingLogger() });
  });

  it('answers an offer with an echo that ends by itself', async () => {
    expect(await checks.start(alice, 'c1', 'v=0')).toEqual({
      answer: 'echo of v=0',
      endsAtMs: clock.now() + longestCheckMs,
    });
    await clock.advanceAsync(longestCheckMs - 1);
    expect(open()).toBe(1);
    await clock.advanceAsync(1);
    expect(open()).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends one when the person has heard enough, once more without an error, and holds nothing then', async () => {
    await checks.start(alice, 'c1', 'v=0');
    await checks.end(alice, 'c1');
    await checks.end(alice, 'c1');
    expect(open()).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('gives a running check another connection, and no more time', async () => {
    const { endsAtMs } = await checks.start(alice, 'c1', 'v=0');
    await clock.advanceAsync(10_000);
    expect(await checks.start(alice, 'c1', 'v=1')).toEqual({ answer: 'echo of v=1', endsAtMs });
    expect(echoes).toHaveLength(1);
  });

  it('leaves the checks of others alone', async () => {
    await checks.start(alice, 'c1', 'v=0');
    await expect(checks.start(person('bob'), 'c1', 'v=0')).rejects.toMatchObject({ code: 'conflict' });
    await checks.end(person('bob'), 'c1');
    await checks.end(person('alice', 'd2'), 'c1');
    checks.gone(person('alice', 'd2'));
    expect(open()).toBe(1);
    checks.gone(alice);
    await clock.advanceAsync(0);
    expect(open()).toBe(0);
  });

  it('keeps nothing of an offer that can’t be answered', async () => {
    await expect(checks.start(alice, 'c1', 'junk')).rejects.toMatchObject({ code: 'badOffer' });
    expect(open()).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('lets a person have so many at once, and says when the next may begin', async () => {
    for (let n = 0; n < mostChecksPerUser; n += 1) await checks.start(alice, `c${n}`, 'v=0');
    await clock.advanceAsync(10_000);
    const refused = checks.start(person('alice', 'd2'), 'more', 'v=0');
    await expect(refused).rejects.toMatchObject({ code: 'tooManyAttempts', retryAfterMs: 20_000 });
    await checks.start(person('bob'), 'of bob', 'v=0');
    await checks.end(alice, 'c0');
    await checks.start(alice, 'more', 'v=0');
  });

  it('lets a call server have so many at once', async () => {
    for (let n = 0; n < mostChecksAtOnce; n += 1) await checks.start(person(`user${n}`), `c${n}`, 'v=0');
    await expect(checks.start(alice, 'more', 'v=0')).rejects.toMatchObject({ code: 'tooManyAttempts' });
    await checks.close();
    expect(open()).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });
});
