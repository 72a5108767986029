import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../observability/FakeClock.ts';
import { RecordingLogger } from '../observability/RecordingLogger.ts';
import type { DemoGateway } from './DemoGateway.ts';
import { runDemoGateway } from './runDemoGateway.ts';
import { OFFER, RawCaller, type RawRequest, toTagOf } from './testing/RawCaller.ts';

const MINUTE_MS = 60_000;
/** Longer than any SIP transaction lives. */
const TRANSACTIONS_MS = 40_000;

describe('the demo gateway, called datagram by datagram', () => {
  let clock: FakeClock;
  let logger: RecordingLogger;
  let gateway: DemoGateway;
  let caller: RawCaller;

  beforeEach(async () => {
    clock = new FakeClock();
    logger = new RecordingLogger();
    gateway = await runDemoGateway({ logger, clock }, { host: '127.0.0.1', port: 0, maxCalls: 3 });
    caller = await RawCaller.open(gateway.port);
  });

  afterEach(async () => {
    await clock.advanceAsync(TRANSACTIONS_MS);
    const closing = gateway.close();
    await clock.advanceAsync(TRANSACTIONS_MS);
    await closing;
    caller.close();
    expect(logger.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
    expect(await gateway.holdings()).toEqual({
      calls: 0,
      sockets: 0,
      streams: 0,
      clientTransactions: 0,
      serverTransactions: 0,
      connections: 0,
      timers: 0,
    });
    expect(clock.pendingTimers).toBe(0);
  });

  /** Calls and lets it ring until it is answered. Returns the gateway's tag. */
  async function callEcho(options: Partial<RawRequest> = {}): Promise<string> {
    caller.say({ method: 'INVITE', body: OFFER, ...options });
    await caller.response(180, 'INVITE');
    await clock.advanceAsync(1000);
    return toTagOf(await caller.response(200, 'INVITE'));
  }

  it('ends a call after ten minutes with a BYE', async () => {
    const toTag = await callEcho();
    caller.say({ method: 'ACK', toTag });
    await caller.roundTrip();
    await clock.advanceAsync(9 * MINUTE_MS);
    expect(await gateway.holdings()).toMatchObject({ calls: 1, sockets: 2 });
    await clock.advanceAsync(MINUTE_MS);
    const bye = await caller.request('BYE');
    expect(bye.headers.get('Reason')).toContain('Q.850;cause=16');
    expect(await gateway.holdings()).toMatchObject({ calls: 0, sockets: 0 });
  });

  it('ends a call whose answer is never acknowledged with a BYE', async () => {
    await callEcho();
    await clock.advanceAsync(TRANSACTIONS_MS);
    await caller.request('BYE');
    expect(await gateway.holdings()).toMatchObject({ calls: 0, sockets: 0 });
    // The 200 was repeated while there was hope.
    expect(caller.heard.filter((message) => message.kind === 'response' && message.status === 200).length).toBe(11);
  });

  it('gives up ringing after three minutes', async () => {
    caller.say({ method: 'INVITE', number: '+12025550103', body: OFFER });
    await caller.response(180, 'INVITE');
    await clock.advanceAsync(3 * MINUTE_MS);
    const failure = await caller.response(480, 'INVITE');
    expect(failure.headers.get('Reason')).toBe('Q.850;cause=19;text="No answer from user"');
    expect(caller.heard.filter((message) => message.kind === 'response' && message.status === 180).length).toBe(3);
  });

  it('takes no more calls than it may', async () => {
    for (const callId of ['a', 'b', 'c']) caller.say({ method: 'INVITE', callId, number: '+12025550103', body: OFFER });
    await vi.waitFor(async () => expect(await gateway.holdings()).toMatchObject({ calls: 3 }));
    caller.say({ method: 'INVITE', callId: 'd', body: OFFER });
    const refusal = await caller.response(503, 'INVITE');
    expect(refusal.headers.get('Call-ID')).toBe('d');
    expect(refusal.headers.get('Retry-After')).toBe('5');
  });

  it('ends the calls that are up with a BYE, and those that are not with 503, when it closes', async () => {
    caller.say({ method: 'ACK', toTag: await callEcho() });
    await caller.roundTrip();
    caller.say({ method: 'INVITE', callId: 'ringing', number: '+12025550103', body: OFFER });
    await vi.waitFor(async () => expect(await gateway.holdings()).toMatchObject({ calls: 2 }));
    const closing = gateway.close();
    await caller.request('BYE');
    await caller.response(503, 'INVITE');
    await clock.advanceAsync(1000);
    await closing;
  });

  it('ends a call that its caller ends before it is answered', async () => {
    caller.say({ method: 'INVITE', body: OFFER });
    const toTag = toTagOf(await caller.response(180, 'INVITE'));
    caller.say({ method: 'BYE', cseq: 2, toTag });
    await caller.response(200, 'BYE');
    await caller.response(487, 'INVITE');
  });

  it('refuses what it has no extension for', async () => {
    caller.say({ method: 'INVITE', body: OFFER, headers: [['Require', '100rel, timer']] });
    expect((await caller.response(420, 'INVITE')).headers.get('Unsupported')).toBe('100rel, timer');
  });

  it('refuses a body that is no SDP, and an INVITE that leaves no way back', async () => {
    caller.say({ method: 'INVITE', body: { type: 'text/plain', text: 'hello' } });
    expect((await caller.response(415, 'INVITE')).headers.get('Accept')).toBe('application/sdp');
    caller.sayRaw(caller.write({ method: 'INVITE', callId: 'b', body: OFFER }).replace(/Contact: .*\r\n/, ''));
    await caller.response(400, 'INVITE');
  });

  it('knows a call that came over two ways as one', async () => {
    caller.say({ method: 'INVITE', number: '+12025550103', body: OFFER });
    await caller.response(180, 'INVITE');
    caller.say({ method: 'INVITE', number: '+12025550103', body: OFFER });
    await caller.response(482, 'INVITE');
    expect(await gateway.holdings()).toMatchObject({ calls: 1 });
  });

  it('answers inside a call what it knows and refuses the rest', async () => {
    const toTag = await callEcho();
    caller.say({ method: 'ACK', toTag });
    const inCall = { callId: 'call-1', toTag };
    caller.say({ ...inCall, method: 'OPTIONS', cseq: 2 });
    await caller.response(200, 'OPTIONS');
    caller.say({ ...inCall, method: 'UPDATE', cseq: 3 });
    expect((await caller.response(405, 'UPDATE')).headers.get('Allow')).toContain('INVITE');
    caller.say({ ...inCall, method: 'INFO', cseq: 4, body: { type: 'application/dtmf', text: '5' } });
    await caller.response(200, 'INFO');
    caller.say({ ...inCall, method: 'INFO', cseq: 5, body: { type: 'text/plain', text: 'hello' } });
    await caller.response(415, 'INFO');
    caller.say({ ...inCall, method: 'INVITE', cseq: 6, body: { type: 'application/sdp', text: 'nonsense' } });
    await caller.response(488, 'INVITE');
    // Older than what was answered already.
    caller.say({ ...inCall, method: 'BYE', cseq: 3 });
    await caller.response(500, 'BYE');
    caller.say({ ...inCall, method: 'BYE', cseq: 7, toTag: 'other' });
    await caller.response(481, 'BYE');
    expect(await gateway.holdings()).toMatchObject({ calls: 1 });
    caller.say({ ...inCall, method: 'BYE', cseq: 8 });
    await caller.response(200, 'BYE');
  });

  it('lives through two thousand broken messages and answers as before', async () => {
    const toTag = await callEcho();
    caller.say({ method: 'ACK', toTag });
    const random = seeded(20_260_101);
    for (let index = 0; index < 2000; index += 1) {
      const method = ['INVITE', 'INFO', 'BYE', 'OPTIONS', 'CANCEL', 'ACK'][index % 6] ?? 'INVITE';
      const inDialog = index % 3 === 0 ? { toTag } : { callId: `broken-${index}` };
      caller.sayRaw(damaged(caller.write({ method, cseq: index + 2, body: OFFER, ...inDialog }), random));
      // All in one burst would overrun the socket's buffer.
      if (index % 50 === 49) await caller.roundTrip();
    }
  });
});

/** The same numbers every time (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Some octets changed, a piece left out, doubled or cut off. */
function damaged(text: string, random: (below: number) => number): Uint8Array {
  const octets = [...Buffer.from(text)];
  const place = random(octets.length);
  const length = random(40);
  const kind = random(4);
  if (kind === 0) for (let count = 0; count <= length / 8; count += 1) octets[random(octets.length)] = random(256);
  else if (kind === 1) octets.splice(place, length);
  else if (kind === 2) octets.splice(place, 0, ...octets.slice(place, place + length));
  else octets.length = place;
  return Uint8Array.from(octets);
}
