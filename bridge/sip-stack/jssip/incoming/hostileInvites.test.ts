import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { anyText } from '../../../../shared/testing/anyText.ts';
import { Caller } from '../testing/Caller.ts';
import { ANSWER, type Bench, makeStack, OFFER } from '../testing/makeStack.ts';

let bench: Bench;

afterEach(async () => {
  await bench.close();
});

/** Values that gateways, or those who play one, could put anywhere. */
const NASTY = fc.oneof(
  anyText({ maxLength: 60 }).map((text) => text.replace(/[\r\n\0]/g, ' ')),
  fc.constantFrom(
    ...[
      '',
      '*',
      '<>',
      '<',
      '>',
      '"',
      '""<sip:>',
      'sip:',
      'tel:',
      'sip:%zz@%zz',
      '<sip:a@b>;tag=',
      ';;;=;',
      ',,,',
      '-1',
      '1e9',
    ],
    ...[
      '99999999999999',
      '0 0 0',
      '__proto__',
      'constructor',
      '100rel',
      'Digest',
      'Digest ,,,',
      'sip:a@[::1',
      'sips:a@b;lr;lr',
    ],
    ...['application/sdp', 'multipart/mixed;boundary=""', 'multipart/mixed;boundary=(((((', '<sip:a@b>,'.repeat(50)],
  ),
);
const FIELDS = [
  ...[
    'Contact',
    'Require',
    'Expires',
    'Content-Type',
    'Content-Encoding',
    'Content-Disposition',
    'Record-Route',
    'Route',
  ],
  ...[
    'P-Asserted-Identity',
    'Remote-Party-ID',
    'Privacy',
    'Authorization',
    'Session-Expires',
    'Replaces',
    'RAck',
    'Supported',
  ],
];
/** Mostly as it should be: what is wrong in many places is refused for the first. */
const mostly = (good: string, bad: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: bad });
const HEADERS = fc.array(fc.tuple(fc.constantFrom(...FIELDS), NASTY), { maxLength: 2 });
const BODIES = fc.oneof(
  fc.constantFrom(OFFER, '', 'v=0', 'm=', '--\r\n\r\n--', 'v=0\r\nm=audio 99999 RTP/AVP x\r\n'),
  anyText({ maxLength: 200 }),
);
const PARTS = fc.record({
  headers: HEADERS.map((fields) => fields.map(([name, value]) => `${name}: ${value}`)),
  body: mostly(OFFER, BODIES),
  bodyType: mostly('application/sdp', fc.constantFrom('multipart/mixed;boundary=b', 'x', '')),
  uri: mostly(
    'sip:a@b',
    fc.constantFrom(
      'sip:a@b',
      'tel:+1',
      'tel:1;x',
      'sips:a@b',
      'sip:%@b',
      'sip:a;;=@b',
      'sip:@b',
      'urn:x',
      'sip:a b',
      '*',
    ),
  ),
  from: mostly('<sip:a@b>', fc.oneof(fc.constantFrom('<sip:a@b>', '<tel:+1>', 'a <sip:b@c>', '"\\" <sip:b@c>'), NASTY)),
  to: mostly('<sip:a@b>', fc.oneof(fc.constantFrom('<sip:a@b>', '<tel:+1>'), NASTY)),
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('INVITEs of a gateway that sends nonsense', () => {
  test('neither throw, nor leak, nor harm a call that is up', async () => {
    bench = await makeStack('udp');
    const caller = new Caller(bench);
    const up = await caller.call();
    up.call.answer(ANSWER, { onRemoteOffer: async () => ANSWER });
    const dialog = caller.dialog(await caller.response(200));
    caller.inDialog(dialog, 'ACK');
    await expect.poll(() => up.events, { interval: 5 }).toEqual(['confirmed']);

    const failures: unknown[] = [];
    const note = (error: unknown) => failures.push(error);
    process.on('unhandledRejection', note);
    // What an owner does next, each with every fifth call.
    const acts: ((received: (typeof caller.calls)[number]) => void)[] = [
      ({ call }) => call.reject({ status: 486 }),
      ({ call }) => call.answer(ANSWER, { onRemoteOffer: () => Promise.reject(new Error('no')) }),
      ({ call }) => {
        call.ring();
        call.progress(ANSWER);
        call.answer(ANSWER, { onRemoteOffer: async () => ANSWER });
        call.bye();
      },
      ({ call }) => call.ring(),
      () => {},
    ];
    bench.stack.events.on('incomingCall', () => {
      const received = caller.calls.at(-1);
      if (received !== undefined) acts[caller.calls.length % acts.length]?.(received);
    });
    const samples = fc.sample(PARTS, 600);
    for (const [index, parts] of samples.entries()) {
      const before = bench.stack.counters().messagesIn;
      const text = caller.invite({ ...parts, callId: `fuzz${index}` });
      caller.send(text);
      if (index % 3 === 0) caller.cancel(text);
      // In step with the stack, so that none is lost in the socket's buffer.
      while (bench.stack.counters().messagesIn === before) await turn();
    }
    // The bound of what is drawn: some must have got through, or nothing was shown.
    expect(caller.calls.length).toBeGreaterThan(20);
    expect(up.events).toEqual(['confirmed']);
    for (const { call } of caller.calls) if (call !== up.call) call.bye();
    for (let count = 0; count < 5; count += 1) {
      bench.clock.advance(64_000);
      await turn();
    }
    await expect.poll(() => bench.stack.holdings().calls, { interval: 5 }).toBe(1);
    caller.inDialog(dialog, 'BYE');
    await expect.poll(() => up.events.length, { interval: 5 }).toBe(2);
    bench.clock.advance(64_000);
    expect(bench.stack.holdings()).toMatchObject({ calls: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 });
    await expect.poll(() => bench.stack.heldByJsSip(), { interval: 5 }).toMatchObject({ sessions: 0, dialogs: 0 });
    expect(failures).toEqual([]);
    process.off('unhandledRejection', note);
  }, 30_000);
});
