import { describe, expect, it } from 'vitest';
import { TelephoneEventReceiver } from './TelephoneEventReceiver.ts';

interface Event {
  readonly code: number;
  readonly timestamp: number;
  readonly duration?: number;
  readonly isEnd?: boolean;
  readonly ssrc?: number;
}

function packet({ code, timestamp, duration = 160, isEnd = false, ssrc = 1 }: Event) {
  return { timestamp, ssrc, payload: Uint8Array.from([code, (isEnd ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]) };
}

function digitsOf(events: readonly Event[]): string {
  const receiver = new TelephoneEventReceiver();
  return events.map((event) => receiver.receive(packet(event)) ?? '').join('');
}

describe('TelephoneEventReceiver', () => {
  it('counts an event once, however many updates and ends it has', () => {
    const updates = [160, 320, 480].map((duration) => ({ code: 5, timestamp: 1000, duration }));
    const ends = [1, 2, 3].map(() => ({ code: 5, timestamp: 1000, duration: 640, isEnd: true }));
    expect(digitsOf([...updates, ...ends])).toBe('5');
  });

  it('tells the same key pressed twice from one that is held', () => {
    const press = (timestamp: number) => [
      { code: 1, timestamp },
      { code: 1, timestamp, isEnd: true },
    ];
    expect(digitsOf([...press(1000), ...press(3000)])).toBe('11');
  });

  it('counts an event whose start was lost, and one of which a single end came', () => {
    expect(digitsOf([{ code: 3, timestamp: 8000, duration: 800 }])).toBe('3');
    expect(digitsOf([{ code: 4, timestamp: 8000, duration: 800, isEnd: true }])).toBe('4');
  });

  it('counts the next event when every end of the last was lost', () => {
    expect(
      digitsOf([
        { code: 1, timestamp: 1000 },
        { code: 2, timestamp: 3000 },
      ]),
    ).toBe('12');
  });

  it('takes packets that come late for the event before as nothing new', () => {
    expect(
      digitsOf([
        { code: 1, timestamp: 1000 },
        { code: 2, timestamp: 3000 },
        { code: 1, timestamp: 1000, isEnd: true },
        { code: 2, timestamp: 3000, isEnd: true },
      ]),
    ).toBe('12');
  });

  it('knows an event across the end of the timestamps', () => {
    expect(
      digitsOf([
        { code: 8, timestamp: 0xffff_ff00 },
        { code: 9, timestamp: 0x0000_0500 },
        { code: 8, timestamp: 0xffff_ff00, isEnd: true },
      ]),
    ).toBe('89');
  });

  it('takes the next segment of a very long press as the same press', () => {
    expect(
      digitsOf([
        { code: 6, timestamp: 1000, duration: 0xffff },
        { code: 6, timestamp: 1000 + 0xffff, duration: 160 },
        { code: 6, timestamp: 1000 + 0xffff, duration: 320, isEnd: true },
      ]),
    ).toBe('6');
  });

  it('starts anew with another source', () => {
    expect(
      digitsOf([
        { code: 1, timestamp: 5000 },
        { code: 1, timestamp: 100, ssrc: 2 },
      ]),
    ).toBe('11');
  });

  it('reads all sixteen keys and nothing else', () => {
    expect(digitsOf(Array.from({ length: 20 }, (_unused, code) => ({ code, timestamp: 1000 * (code + 1) })))).toBe(
      '0123456789*#ABCD',
    );
    expect(new TelephoneEventReceiver().receive({ timestamp: 1, ssrc: 1, payload: new Uint8Array(3) })).toBeNull();
  });
});
