import { expect, it } from 'vitest';
import { SipHeaders } from '../../message/index.ts';
import { readInfoDigits } from './readInfoDigits.ts';

it.each([
  ['application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n', '5'],
  ['Application/DTMF-Relay; charset=utf-8', 'Duration=100\nsignal = #', '#'],
  ['application/dtmf-relay', 'Signal=d', 'D'],
  ['application/dtmf', ' 12*# ', '12*#'],
  ['application/dtmf-relay', 'Signal=!', ''],
  ['application/dtmf-relay', '', ''],
  ['application/dtmf', '1'.repeat(33), ''],
  ['application/media_control+xml', 'Signal=5', ''],
])('reads the keys of an INFO of the type %s: %j is %j', (type, body, digits) => {
  expect(readInfoDigits({ headers: new SipHeaders([{ name: 'Content-Type', value: type }]), body })).toBe(digits);
});
