import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../../shared/testing/anyText.ts';
import {
  createResponse,
  parseMessage,
  parseNameAddr,
  parseParams,
  parseUri,
  parseVia,
  serializeMessage,
  splitList,
} from './index.ts';

const GOOD = [
  'INVITE sip:+12025550100@gw.example:5060;user=phone SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport, SIP/2.0/TCP [2001:db8::1]:5060;branch=z9hG4bK2',
  'Max-Forwards: 70',
  'From: "A \\"B\\" <x>" <sip:alice@example.com>;tag=1',
  't: <tel:+1-202-555-0100;phone-context=x>',
  'i: abc@host',
  'CSeq: 1 INVITE',
  'm: <sip:alice@192.0.2.1:5060;transport=tcp>;q=0.5',
  'Record-Route: <sip:p1;lr>,<sip:p2;lr>',
  'Subject: one',
  '  folded line',
  'Content-Type: application/sdp',
  'Content-Length: 3',
  '',
  'v=0',
].join('\r\n');

/** Breaks a good message at a few places: that reaches deeper than bytes without any sense. */
const broken = fc
  .array(
    fc.record({
      at: fc.nat({ max: GOOD.length }),
      drop: fc.integer({ min: 0, max: 30 }),
      put: fc.oneof(
        anyText({ maxLength: 12 }),
        fc.constantFrom('\r\n', '\r\n ', '\n\n', '<', '>', '"', ';', ',', '\0', '%', '*', ':', '@', 'sip:', '[::', 'é'),
        fc.integer({ min: 2, max: 3000 }).map((count) => '<"\\;,'.repeat(count)),
      ),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((edits) =>
    edits.reduce((text, edit) => text.slice(0, edit.at) + edit.put + text.slice(edit.at + edit.drop), GOOD),
  );

describe('malformed messages', () => {
  test('a control character in the first line is refused, since it could not be written again', () => {
    const broken = ['INVITE sip:\0bob@gw.example SIP/2.0', 'Via: SIP/2.0/UDP h;branch=z9hG4bK1', '', ''].join('\r\n');
    expect(parseMessage(Buffer.from(broken))).toMatchObject({ ok: false });
  });

  test('the message that is broken below is itself good', () => {
    expect(parseMessage(GOOD)).toMatchObject({ ok: true });
  });

  test('2,000 broken messages neither throw nor take long, and what is accepted can be written and read again', () => {
    let refused = 0;
    fc.assert(
      fc.property(broken, (text) => {
        const result = parseMessage(text);
        if (!result.ok) {
          refused += 1;
          expect(result.problem).not.toBe('');
          if (result.answerable !== undefined) {
            const answer = createResponse(result.answerable, { status: result.status, toTag: 'x' });
            expect(serializeMessage(answer)).toMatch(/^SIP\/2\.0 [45]/);
          }
          return;
        }
        const again = parseMessage(serializeMessage(result.message));
        expect(again).toMatchObject({ ok: true, message: { body: result.message.body } });
      }),
      { numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  test('2,000 byte strings without sense neither throw nor are accepted', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(parseMessage(bytes).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test('the readers of single values take any text', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      '\\',
      ';',
      ',',
      '=',
      ':',
      '@',
      '[',
      ']',
      'sip:',
      'tel:+',
      '%',
      ' ',
      'a',
      '1',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 400 }).map((pieces) => pieces.join('')),
        (text) => {
          parseNameAddr(text);
          parseUri(text);
          parseVia(`SIP/2.0/UDP ${text}`);
          parseParams(text);
          splitList(text);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
