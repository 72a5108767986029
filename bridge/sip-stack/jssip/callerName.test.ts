import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseNameAddr } from '../message/index.ts';
import { type Bench, makeStack, OFFER } from './testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
});

describe('what people name themselves', () => {
  test.each([
    ['a line break', 'Eve\r\nX-Injected: 1'],
    ['the end of the header', 'Eve\r\n\r\nv=0'],
    ['a bare line feed', 'Eve\nX-Injected: 1'],
    ['a bare carriage return', 'Eve\rX-Injected: 1'],
    ['a quote that would end the name', 'Eve" <sip:911@evil.example>;tag=1, "'],
    ['a backslash before the quote', 'Eve\\'],
    ['a null character', 'Eve\u0000\r\n'],
    ['other scripts’ line ends', 'Eve\u0085X-Injected: 1\u2028X-Injected: 1'],
  ])('reaches the gateway as a name and nothing else, also with %s in it', async (_, displayName) => {
    bench.dial({ from: { user: `+1"\r\nX-Injected: 1`, displayName }, calledNumber: '112' });
    const { request: invite } = await bench.peer.request('INVITE');
    expect(invite.uri).toBe(`sip:112@127.0.0.1:${bench.peer.port}`);
    expect(invite.headers.has('X-Injected')).toBe(false);
    expect(invite.headers.all('From')).toHaveLength(1);
    const from = parseNameAddr(invite.headers.get('From') ?? '');
    expect(from?.uri).toMatchObject({ host: '127.0.0.1', user: '+1%22%0D%0AX-Injected%3A%201' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be gone
    expect(from?.displayName).toBe(displayName.replace(/[\u0000-\u001f]/g, ''));
    expect(invite.body).toBe(OFFER);
  });
});
