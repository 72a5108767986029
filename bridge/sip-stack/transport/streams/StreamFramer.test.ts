import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Frame, StreamFramer } from './StreamFramer.ts';

const message = (lengthLine: string, body: string) => `OPTIONS sip:a@b SIP/2.0\r\nVia: x\r\n${lengthLine}\r\n${body}`;
const text = (frames: Frame[]) =>
  frames.map((frame) => (frame.kind === 'message' ? frame.bytes.toString() : frame.kind));

describe('StreamFramer', () => {
  test('finds messages however the stream is cut', () => {
    const whole = [
      message('Content-Length: 4\r\n', 'a\r\nb'),
      message('l:0\r\n', ''),
      message('CONTENT-length :\r\n 3\r\n', 'xyz'),
      message('', ''),
    ];
    const stream = Buffer.from(whole.join(''));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (cuts) => {
        const framer = new StreamFramer();
        const frames: Frame[] = [];
        let at = 0;
        for (let index = 0; at < stream.length; index += 1) {
          const size = cuts[index % cuts.length] ?? 1;
          frames.push(...framer.push(stream.subarray(at, at + size)));
          at += size;
        }
        expect(text(frames)).toEqual(whole);
        expect(framer.pendingBytes).toBe(0);
      }),
    );
  });

  test('answers a keep-alive between messages and skips stray line ends', () => {
    const framer = new StreamFramer();
    expect(text(framer.push(Buffer.from('\r\n\r\n')))).toEqual(['ping']);
    expect(text(framer.push(Buffer.from('\r\n')))).toEqual([]);
    expect(text(framer.push(Buffer.from(message('l:0\r\n', ''))))).toEqual([message('l:0\r\n', '')]);
    expect(text(framer.push(Buffer.from(`\r\n${message('l:0\r\n', '')}`)))).toHaveLength(1);
  });

  test.each(['Content-Length: -1', 'l: 1\r\nContent-Length: 2', 'l: 99999999', 'l:', 'l: 70000'])(
    'gives up on %j',
    (line) => {
      const framer = new StreamFramer();
      expect(text(framer.push(Buffer.from(message(`${line}\r\n`, ''))))).toEqual(['broken']);
      expect(text(framer.push(Buffer.from(message('l: 0\r\n', ''))))).toEqual([]);
    },
  );

  test('does not keep a head without end', () => {
    const framer = new StreamFramer(1000);
    expect(text(framer.push(Buffer.alloc(2000, 'x')))).toEqual(['broken']);
    expect(framer.pendingBytes).toBe(0);
  });

  test('any bytes in any pieces neither throw nor hang', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), (chunks) => {
        const framer = new StreamFramer(500);
        for (const chunk of chunks) framer.push(Buffer.from(chunk));
        expect(framer.pendingBytes).toBeLessThanOrEqual(700);
      }),
      { numRuns: 1000 },
    );
  });
});
