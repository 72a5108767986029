import { describe, expect, it } from 'vitest';
import { answerCheck } from './answerCheck.ts';

/** RFC 5769 section 2.1: a request with a fingerprint, of `evtj:h6vY` with this password. */
const password = 'VOkJxbRl1RmTxUk/WvJxBt';
const request = Buffer.from(
  [
    '000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff80290008932ff9b151263b36',
    '00060009' + '6576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2',
    '80280004e57a3bcf',
  ].join(''),
  'hex',
);
const from = { address: '192.0.2.1', port: 32_853 };
const ours = { usernameFragment: 'evtj', password };

describe('A connectivity check', () => {
  it('of who knows our password is answered with where it came from', () => {
    const checked = answerCheck(request, from, ours);
    expect(checked?.isNominated).toBe(false);
    const response = checked?.response ?? Buffer.alloc(0);
    expect(response.readUInt16BE(0)).toBe(0x0101);
    expect(response.readUInt16BE(2)).toBe(response.length - 20);
    expect(response.subarray(4, 20)).toEqual(request.subarray(4, 20));
    // RFC 5769 section 2.2 has this address and port.
    expect(response.subarray(20, 32).toString('hex')).toBe('002000080001a147e112a643');
  });

  it('over IPv6 is answered likewise', () => {
    const six = { address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32_853 };
    // RFC 5769 section 2.3, whose request has the same transaction.
    expect(answerCheck(request, six, ours)?.response.subarray(20, 44).toString('hex')).toBe(
      '002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9',
    );
  });

  it.each([
    ['with another password', request, { ...ours, password: `${password}x` }],
    ['for another fragment', request, { ...ours, usernameFragment: 'evtJ' }],
    ['for the start of a fragment', request, { ...ours, usernameFragment: 'evt' }],
    ['that was changed on its way', changed(request, 40), ours],
    ['that is cut off', request.subarray(0, -8), ours],
    ['that is a response', changed(request, 0), ours],
    ['without a word', Buffer.alloc(20), ours],
    ['that is nothing', Buffer.alloc(0), ours],
  ])('%s gets no answer', (_, packet, credentials) => {
    expect(answerCheck(packet, from, credentials)).toBeNull();
  });

  it('of any content is answered or not, with no exception', () => {
    for (let length = 0; length <= request.length; length += 1) {
      expect(() => answerCheck(request.subarray(0, length), from, ours)).not.toThrow();
    }
    for (let at = 0; at < request.length; at += 1)
      expect(answerCheck(changed(request, at), from, ours) === null || at >= 100).toBe(true);
  });
});

function changed(packet: Buffer, at: number): Buffer {
  const copy = Buffer.from(packet);
  copy[at] = (copy[at] ?? 0) ^ 0x01;
  return copy;
}
