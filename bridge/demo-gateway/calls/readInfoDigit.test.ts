import { describe, expect, it } from 'vitest';
import { SipHeaders } from '../../sip-stack/message/index.ts';
import { readInfoDigit } from './readInfoDigit.ts';

function digitOf(type: string, body: string): string | null {
  const headers = new SipHeaders([{ name: 'Content-Type', value: type }]);
  return readInfoDigit({ kind: 'request', method: 'INFO', uri: 'sip:x@127.0.0.1', headers, body });
}

describe('readInfoDigit', () => {
  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n', '5'],
    ['application/dtmf-relay', 'Signal= *\nDuration= 160', '*'],
    ['Application/DTMF-Relay; charset=utf-8', 'signal=a', 'A'],
    ['application/dtmf-relay', 'Signal=11', '#'],
    ['application/dtmf', '7', '7'],
    ['application/dtmf', ' 10 ', '*'],
    ['application/dtmf', '12', null],
    ['application/dtmf-relay', 'Duration=160', null],
    ['text/plain', '5', null],
  ])('reads %s with %j as %s', (type, body, digit) => {
    expect(digitOf(type, body)).toBe(digit);
  });
});
