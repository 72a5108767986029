import { describe, expect, it } from 'vitest';
import { cleanCandidate } from './cleanCandidate.ts';

const host = 'candidate:1 1 udp 2113937151 192.0.2.4 51234 typ host';

describe('A candidate', () => {
  it.each([
    host,
    'candidate:2 1 udp 2113937151 5f1e6b4e-aaaa-4bbb-8ccc-123456789abc.local 51234 typ host',
    'candidate:3 1 tcp 1518280447 2001:db8::4 9 typ host tcptype active',
    'candidate:4 1 udp 1 198.51.100.4 5000 typ srflx raddr 10.0.0.4 rport 5001',
  ])('of RTP is passed on as it is: %s', (line) => {
    expect(cleanCandidate(line)).toBe(line);
    expect(cleanCandidate(`a=${line}`)).toBe(line);
  });

  it('loses what only the browser knows', () => {
    expect(cleanCandidate(`${host} generation 0 ufrag abcd network-id 1 network-cost 10`)).toBe(host);
  });

  it.each([
    ['of RTCP', host.replace('1 1 udp', '1 2 udp')],
    ['with a second line in it', `${host}\r\na=inactive`],
    ['with a second line in its extensions', `${host} raddr 10.0.0.1\na=inactive`],
    ['with another transport', host.replace('udp', 'sctp')],
    ['of a kind that is none', host.replace('typ host', 'typ guest')],
    ['with a port beyond 65535', host.replace('51234', '65536')],
    ['with spaces in its address', host.replace('192.0.2.4', '192.0.2.4 x')],
    ['that is none', 'end-of-candidates'],
    ['without a word', ''],
  ])('%s is none', (_, line) => {
    expect(cleanCandidate(line)).toBeNull();
  });

  it('may have the last port', () => {
    const last = host.replace('51234', '65535');
    expect(cleanCandidate(last)).toBe(last);
  });
});
