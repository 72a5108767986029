import { beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { LOG_EVERY_MS, MAX_SOURCES } from './StrangerLog.ts';
import { StrangerScreen } from './StrangerScreen.ts';

let clock: FakeClock;
let logger: RecordingLogger;
let takesProofs: boolean;
let strangers: 'drop' | 'refuse';

const make = () =>
  new StrangerScreen({
    ...{ clock, logger, strangers },
    isKnown: (address) => address === '192.0.2.1',
    takesProofs: () => takesProofs,
    isLiveCall: (callId) => callId === 'live@call',
  });
const request = (method: string, callId = 'other') =>
  `${method} sip:us@bridge SIP/2.0\r\nVia: SIP/2.0/UDP x;branch=z9hG4bK1\r\nCall-ID: ${callId}\r\nCSeq: 1 ${method}\r\n\r\n`;
const stranger = { address: '198.51.100.1' };
const lines = () => logger.lines.map(({ message, fields }) => `${message}: ${JSON.stringify(fields)}`);

beforeEach(() => {
  clock = new FakeClock();
  logger = new RecordingLogger();
  takesProofs = false;
  strangers = 'drop';
});

describe('a stranger', () => {
  test('is dropped, whatever it sends', () => {
    const screen = make();
    for (const head of [request('INVITE'), request('OPTIONS'), 'junk', '', '\0\0', request('ACK')]) {
      expect(screen.judge(head, stranger)).toBe('drop');
    }
  });

  test('may send what belongs to a call that is under way, in either form of the header', () => {
    const screen = make();
    expect(screen.judge(request('BYE', 'live@call'), stranger)).toBe('take');
    expect(screen.judge('BYE sip:a SIP/2.0\r\ni:live@call\r\n\r\n', stranger)).toBe('take');
    expect(screen.judge(request('BYE', 'live@cal'), stranger)).toBe('drop');
  });

  test('is refused where the operator wants that, a hundred times at once and a second, but never an ACK or junk', () => {
    strangers = 'refuse';
    const screen = make();
    expect(screen.judge(request('ACK'), stranger)).toBe('drop');
    expect(screen.judge('junk', stranger)).toBe('drop');
    const verdicts = Array.from({ length: 101 }, () => screen.judge(request('INVITE'), stranger));
    expect(verdicts.filter((verdict) => verdict === 'refuse')).toHaveLength(100);
    expect(verdicts[100]).toBe('drop');
    clock.advance(10);
    expect(screen.judge(request('INVITE'), stranger)).toBe('refuse');
  });

  test('may prove who it is where some gateway has a password, but only so often', () => {
    takesProofs = true;
    const screen = make();
    expect(screen.judge(request('OPTIONS'), stranger)).toBe('drop');
    expect(screen.judge(request('BYE'), stranger)).toBe('drop');
    const verdicts = Array.from({ length: 21 }, () => screen.judge(request('INVITE'), stranger));
    expect(verdicts.filter((verdict) => verdict === 'take')).toHaveLength(20);
    expect(verdicts[20]).toBe('drop');
    // One that asks too much takes nothing from the others.
    expect(screen.judge(request('INVITE'), { address: '198.51.100.2' })).toBe('take');
    clock.advance(500);
    expect(screen.judge(request('ACK'), stranger)).toBe('take');
  });

  test('among very many may prove nothing until there is room again', () => {
    takesProofs = true;
    const screen = make();
    const from = (index: number) => screen.judge(request('INVITE'), { address: `2001:db8::${index.toString(16)}` });
    const verdicts = Array.from({ length: 300 }, (_, index) => from(index));
    expect(verdicts.filter((verdict) => verdict === 'take')).toHaveLength(200);
    clock.advance(20);
    expect(from(1000)).toBe('take');
  });

  test('may begin few TLS handshakes, a gateway any number', () => {
    const screen = make();
    const welcomed = (address: string) =>
      Array.from({ length: 30 }, () => screen.welcomes(address)).filter((isWelcome) => isWelcome).length;
    expect(welcomed('198.51.100.1')).toBe(20);
    expect(welcomed('192.0.2.1')).toBe(30);
  });
});

describe('the log of strangers', () => {
  test('has a line at once, and after a minute one for all the rest', () => {
    const screen = make();
    for (let count = 0; count < 1000; count += 1) screen.judge('junk', stranger);
    expect(lines()).toEqual(['SIP of a stranger was not taken: {"source":"198.51.100.1","requests":1}']);
    clock.advance(LOG_EVERY_MS - 1);
    screen.judge('junk', stranger);
    expect(lines()).toHaveLength(1);
    clock.advance(1);
    screen.judge('junk', { address: '198.51.100.2' });
    expect(lines().slice(1)).toEqual([
      'more SIP of a stranger was not taken: {"source":"198.51.100.1","requests":1000}',
      'SIP of a stranger was not taken: {"source":"198.51.100.2","requests":1}',
    ]);
  });

  test('stays short, however many addresses are made up', () => {
    const screen = make();
    for (let index = 0; index < 50_000; index += 1)
      screen.judge('junk', { address: `10.0.${index >> 8}.${index & 255}` });
    expect(lines()).toHaveLength(MAX_SOURCES);
    clock.advance(LOG_EVERY_MS);
    screen.judge('junk', stranger);
    expect(lines().slice(MAX_SOURCES)).toEqual([
      `SIP of many other strangers was not taken: {"requests":${50_000 - MAX_SOURCES}}`,
      'SIP of a stranger was not taken: {"source":"198.51.100.1","requests":1}',
    ]);
  });
});
