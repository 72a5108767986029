import { describe, expect, test } from 'vitest';
import { SipHeaders } from '../../message/index.ts';
import { answerChallenge, readChallenges } from './digest.ts';

const challenge = (algorithm: string) =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
  'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';

const headers = (...values: string[]) => new SipHeaders(values.map((value) => ({ name: 'WWW-Authenticate', value })));

describe('digest', () => {
  test.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('%s answers the example of RFC 7616 section 3.9.1', (algorithm, response) => {
    const [read] = readChallenges(headers(challenge(algorithm)));
    if (read === undefined) throw new Error('unread');
    const { name, value } = answerChallenge({
      challenge: read,
      credentials: { userName: 'Mufasa', password: 'Circle of Life' },
      method: 'GET',
      uri: '/dir/index.html',
      body: '',
      nonceCount: 1,
      clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    });
    expect(name).toBe('Authorization');
    expect(value).toContain(`response="${response}"`);
    expect(value).toContain('opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"');
  });

  test('the strongest algorithm is taken, whatever the order, once per realm', () => {
    const read = readChallenges(headers(challenge('MD5'), challenge('SHA-256'), challenge('MD5')));
    expect(read.map(({ algorithm }) => algorithm)).toEqual(['SHA-256']);
  });

  test.each([
    'Basic realm="x"',
    'Digest realm="x"',
    'Digest realm="x", nonce="n", algorithm=AKAv1-MD5',
    'Digest realm="x", nonce="n", qop="auth-conf"',
    'Digest ,,,"',
  ])('%s can not be answered', (value) => {
    expect(readChallenges(headers(value))).toEqual([]);
  });
});
