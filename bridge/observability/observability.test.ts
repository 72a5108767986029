import { describe, expect, it } from 'vitest';
import { createLogger } from './createLogger.ts';
import { drop } from './drop.ts';
import { FakeClock } from './FakeClock.ts';
import { formatLine } from './formatLine.ts';
import { RecordingLogger } from './RecordingLogger.ts';
import { redact, redactText } from './redact.ts';
import { redactNumber } from './redactNumber.ts';
import { systemClock } from './systemClock.ts';

function capture(level?: 'debug' | 'info'): { lines: string[]; logger: ReturnType<typeof createLogger> } {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { lines, logger: createLogger(level ? { level, destination } : { destination }) };
}

describe('redactNumber', () => {
  it.each([
    ['+12025550100', '+1202555••••'],
    ['+1 202-555-0100', '+1 202-555-••••'],
    ['112', '•••'],
    ['', ''],
  ])('turns %j into %j', (number, redacted) => expect(redactNumber(number)).toBe(redacted));
});

describe('redactText', () => {
  it.each([
    ['INVITE sip:+12025550100@127.0.0.1:5080 SIP/2.0', 'INVITE sip:+1202555••••@127.0.0.1:5080 SIP/2.0'],
    ['already +1 202-555-•••• here', 'already +1 202-555-•••• here'],
    ['to sip:12025550100@gw', 'to sip:1202555••••@gw'],
    ['calling tel:2025550100', 'calling tel:202555••••'],
    ['dialled +49 30 123456', 'dialled +49 30 12••••'],
    ['Authorization: Digest username="trunk", response="abc"\r\nTo: x', 'Authorization: [redacted]\r\nTo: x'],
    ['authorization: Bearer abc.def', 'authorization: [redacted]'],
    ['sent Bearer abcdef now', 'sent Bearer [redacted] now'],
    ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln here', 'token [redacted] here'],
    ['redis://user:swordfish@host:6379', 'redis://user:[redacted]@host:6379'],
    ['listening on http://127.0.0.1:8080 after 12 ms', 'listening on http://127.0.0.1:8080 after 12 ms'],
  ])('turns %j into %j', (text, redacted) => expect(redactText(text)).toBe(redacted));
});

describe('redact', () => {
  it('hides secrets and numbers by the name of their key, at any depth', () => {
    const redacted = redact({
      callId: 'call-1',
      calledNumber: '12025550100',
      gateway: { host: 'gw', credentials: { userName: 'trunk', password: 'x' } },
      users: [{ userName: 'alice', passwordHash: '$argon2id$…' }],
      accessToken: 'abc',
      'Proxy-Authorization': 'Digest …',
      isTokenValid: true,
    });
    expect(redacted).toEqual({
      callId: 'call-1',
      calledNumber: '1202555••••',
      gateway: { host: 'gw', credentials: '[redacted]' },
      users: [{ userName: 'alice', passwordHash: '[redacted]' }],
      accessToken: '[redacted]',
      'Proxy-Authorization': '[redacted]',
      isTokenValid: true,
    });
  });

  it('survives cycles, getters that throw and values that JSON cannot hold', () => {
    const cyclic: Record<string, unknown> = { big: 1n, bytes: new Uint8Array(3), when: new Date(Number.NaN) };
    cyclic.self = cyclic;
    Object.defineProperty(cyclic, 'broken', { enumerable: true, get: () => assertNever() });
    const redacted = redact(cyclic);
    expect(redacted).toMatchObject({ big: '1', bytes: '[3 bytes]', when: 'invalid date', broken: '[unreadable]' });
    expect(() => JSON.stringify(redacted)).not.toThrow();
  });

  it('tells an error with its cause and code, numbers hidden', () => {
    const error = Object.assign(new Error('no route to +12025550100', { cause: new Error('ECONNREFUSED') }), {
      code: 'gatewayUnreachable',
    });
    expect(redact({ error }).error).toMatchObject({
      name: 'Error',
      message: 'no route to +1202555••••',
      code: 'gatewayUnreachable',
      cause: { message: 'ECONNREFUSED' },
    });
  });
});

function assertNever(): never {
  throw new Error('broken getter');
}

describe('createLogger', () => {
  it('writes JSON lines with time, level, fields and message, redacted', () => {
    const { lines, logger } = capture();
    logger.child({ callId: 'call-1', calledNumber: '+12025550100' }).info({ password: 'x' }, 'Dialing +12025550100');
    expect(lines).toHaveLength(1);
    const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(line).toMatchObject({
      level: 'info',
      callId: 'call-1',
      calledNumber: '+1202555••••',
      password: '[redacted]',
      msg: 'Dialing +1202555••••',
    });
    expect(new Date(String(line.time)).getTime()).not.toBeNaN();
  });

  it('leaves out what is below its level', () => {
    const { lines, logger } = capture('info');
    logger.debug({}, 'quiet');
    logger.child({ a: 1 }).debug({}, 'quiet');
    logger.warn({}, 'heard');
    expect(lines).toHaveLength(1);
  });

  it('keeps the stack of an error', () => {
    const { lines, logger } = capture();
    logger.error({ error: new TypeError('broke') }, 'Gave up');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ error: { name: 'TypeError', message: 'broke' } });
    expect(lines[0]).toContain('observability.test.ts');
  });
});

describe('formatLine', () => {
  it('is readable at a terminal and passes on what is not JSON', () => {
    const { lines, logger } = capture();
    logger.warn({ callId: 'call-1', note: 'two words' }, 'Retried');
    expect(formatLine(lines[0] ?? '')).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} .*warn .* Retried callId=call-1 note="two words"\n$/,
    );
    expect(formatLine('not json\n')).toBe('not json\n');
  });
});

describe('drop', () => {
  it('logs a rejection with its context and nothing on success', async () => {
    const logger = new RecordingLogger();
    drop(Promise.resolve(), logger, 'going well');
    drop(Promise.reject(new Error('broke')), logger, 'closing');
    await new Promise((resolve) => setImmediate(resolve));
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { context: 'closing' } }]);
  });
});

describe('FakeClock', () => {
  it('runs what falls due in order of time, then of setting, also what is set meanwhile', () => {
    const clock = new FakeClock(1000);
    const ran: string[] = [];
    clock.setTimeout(() => ran.push(`b at ${clock.now()}`), 20);
    clock.setTimeout(() => {
      ran.push(`a at ${clock.now()}`);
      clock.setTimeout(() => ran.push(`nested at ${clock.now()}`), 5);
    }, 10);
    clock.setTimeout(() => ran.push('c'), 20);
    clock.setTimeout(() => ran.push('late'), 100);
    clock.clearTimeout(clock.setTimeout(() => ran.push('never'), 1));
    clock.advance(50);
    expect(ran).toEqual(['a at 1010', 'nested at 1015', 'b at 1020', 'c']);
    expect(clock.now()).toBe(1050);
    expect(clock.pendingTimers).toBe(1);
  });

  it('lets promises settle between timers', async () => {
    const clock = new FakeClock();
    const ran: string[] = [];
    const sleep = (ms: number) => new Promise<void>((resolve) => clock.setTimeout(resolve, ms));
    const chain = (async () => {
      await sleep(10);
      ran.push('first');
      await sleep(10);
      ran.push('second');
    })();
    await clock.advanceAsync(20);
    await chain;
    expect(ran).toEqual(['first', 'second']);
  });
});

describe('systemClock', () => {
  it('runs and clears timers', async () => {
    const cleared = systemClock.setTimeout(() => expect.unreachable(), 1);
    systemClock.clearTimeout(cleared);
    systemClock.clearTimeout(undefined);
    await new Promise<void>((resolve) => systemClock.setTimeout(resolve, 5));
    expect(Number.isInteger(systemClock.now())).toBe(true);
  });
});
