import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { Retention, type RetentionOptions } from './Retention.ts';

const hourMs = 3_600_000;

/** Calls of long ago, of which it knows only how many there are. */
class OldCalls {
  left = { anonymise: 0, forget: 0, 'forget traces': 0 };
  readonly asked: string[] = [];
  error: Error | null = null;

  readonly anonymise = (beforeMs: number, limit: number) => this.#take('anonymise', beforeMs, limit);
  readonly forget = (beforeMs: number, limit: number) => this.#take('forget', beforeMs, limit);

  readonly traces = {
    forget: (beforeMs: number, limit: number) => this.#take('forget traces', beforeMs, limit),
  };

  async #take(what: keyof OldCalls['left'], beforeMs: number, limit: number): Promise<number> {
    this.asked.push(`${what} before ${beforeMs - startMs}`);
    if (this.error) throw this.error;
    const count = Math.min(limit, this.left[what]);
    this.left[what] -= count;
    return count;
  }
}

const startMs = new FakeClock().now();

describe('Retention', () => {
  let clock: FakeClock;
  let logger: RecordingLogger;
  let calls: OldCalls;

  beforeEach(() => {
    clock = new FakeClock();
    logger = new RecordingLogger();
    calls = new OldCalls();
  });

  function create(options: Partial<RetentionOptions>): Retention {
    const never = { anonymiseAfterMs: null, forgetAfterMs: null, forgetTracesAfterMs: null };
    return new Retention({ records: calls, traces: calls.traces, clock, logger }, { ...never, ...options });
  }

  /** What was asked meanwhile has its answer. */
  async function settled(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  it('forgets and anonymises at the start and each hour, by the age that calls have then', async () => {
    create({ anonymiseAfterMs: 5000, forgetAfterMs: 9000 });
    await settled();
    expect(calls.asked).toEqual(['forget before -9000', 'anonymise before -5000']);
    clock.advance(hourMs - 1);
    await settled();
    expect(calls.asked).toHaveLength(2);
    clock.advance(1);
    await settled();
    expect(calls.asked.slice(2)).toEqual([`forget before ${hourMs - 9000}`, `anonymise before ${hourMs - 5000}`]);
  });

  it('forgets what calls were like before their records, and goes on while there may be more', async () => {
    calls.left['forget traces'] = 201;
    create({ forgetTracesAfterMs: 4000 });
    await settled();
    clock.advance(250);
    await settled();
    expect(calls.asked).toEqual(['forget traces before -4000', 'forget traces before -3750']);
    expect(calls.left['forget traces']).toBe(0);
  });

  it('does nothing where calls are kept as they are', async () => {
    const retention = create({});
    await settled();
    expect(calls.asked).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
    await retention.close();
  });

  it('goes on after a pause as long as there may be more', async () => {
    calls.left.forget = 400;
    create({ forgetAfterMs: 0 });
    for (const left of [200, 0, 0]) {
      await settled();
      expect(calls.left.forget).toBe(left);
      clock.advance(250);
    }
    await settled();
    expect(calls.asked).toHaveLength(3);
  });

  it('tries again in an hour when storage refuses, and says so', async () => {
    calls.error = new Error('disk full');
    create({ anonymiseAfterMs: 0 });
    await settled();
    expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    calls.error = null;
    clock.advance(hourMs);
    await settled();
    expect(calls.asked).toHaveLength(2);
  });

  it('stops when it is closed, also with more to do', async () => {
    calls.left.forget = 1000;
    const retention = create({ forgetAfterMs: 0 });
    await retention.close();
    await retention.close();
    expect(calls.left.forget).toBe(800);
    expect(clock.pendingTimers).toBe(0);
  });
});
