import { createHmac } from 'node:crypto';
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AddressGuard, HttpPoster, judgeAttempt, signEvent } from './index.ts';

const loopback: LookupAddress[] = [{ address: '127.0.0.1', family: 4 }];
const guardOf = (addresses: LookupAddress[]) =>
  new AddressGuard({ lookUp: (_host, _options, done) => setImmediate(() => done(null, addresses)) });

let servers: Server[] = [];
afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
  servers = [];
});

async function receiver(handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://receiver.test:${(server.address() as AddressInfo).port}/hook`;
}

function post(url: string, { allow = true, timeoutMs = 5000, addresses = loopback } = {}) {
  const poster = new HttpPoster(
    { guard: guardOf(addresses), now: () => 0 },
    { timeoutMs, allowPrivateAddresses: allow },
  );
  return poster.post({ url, headers: { 'Dialbridge-Event': 'call.ended' }, body: '{"name":"ü"}' });
}

describe('Sending to a real receiver', () => {
  it('hands over headers and body, and gives the status and the beginning of the answer', async () => {
    let seen: unknown;
    const url = await receiver(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      seen = { method: request.method, event: request.headers['dialbridge-event'], body, host: request.headers.host };
      response.writeHead(202).end(`ok${'x'.repeat(5000)}`);
    });
    const answer = await post(url);
    expect(seen).toEqual({ method: 'POST', event: 'call.ended', body: '{"name":"ü"}', host: new URL(url).host });
    expect(answer).toMatchObject({ status: 202, retryAfterMs: null });
    expect(answer.response).toHaveLength(1024);
  });

  it('takes its status for the answer where it closes after the headers, or never ends the body', async () => {
    const closes = await receiver((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.flushHeaders();
      setImmediate(() => response.destroy());
    });
    expect(await post(closes)).toMatchObject({ status: 200, response: '' });
    const drips = await receiver((_request, response) => {
      response.writeHead(200).write('a little');
    });
    expect(await post(drips)).toMatchObject({ status: 200, response: 'a little' });
  });

  it('fails where it breaks the connection, is too slow, or is not there', async () => {
    const breaks = await receiver((request) => request.socket.destroy());
    await expect(post(breaks)).rejects.toMatchObject({ code: 'ECONNRESET' });
    const slow = await receiver(() => {});
    await expect(post(slow, { timeoutMs: 150 })).rejects.toThrow('There was no answer in time');
    await expect(post('http://receiver.test:1/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('follows no redirect', async () => {
    let hits = 0;
    const url = await receiver((_request, response) => {
      hits += 1;
      response.writeHead(307, { Location: '/elsewhere' }).end();
    });
    expect(await post(url)).toMatchObject({ status: 307 });
    expect(hits).toBe(1);
  });

  it('reads Retry-After in seconds and as a date', async () => {
    for (const [said, expected] of [
      ['120', 120_000],
      ['Thu, 01 Jan 1970 00:01:00 GMT', 60_000],
      ['soon', null],
    ] as const) {
      const url = await receiver((_request, response) => response.writeHead(503, { 'Retry-After': said }).end());
      expect((await post(url)).retryAfterMs).toBe(expected);
    }
  });

  it('connects to no private address unless that is allowed, whether it is written or looked up', async () => {
    let hits = 0;
    const url = await receiver((_request, response) => {
      hits += 1;
      response.end();
    });
    const { port } = new URL(url);
    const refused = 'is a private address, and those are not allowed';
    await expect(post(url.replace('http:', 'https:'), { allow: false })).rejects.toThrow(refused);
    for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1']) {
      await expect(post(`https://${host}:${port}/`, { allow: false })).rejects.toThrow(refused);
    }
    const mixed = [{ address: '8.8.8.8', family: 4 }, ...loopback];
    await expect(post(url.replace('http:', 'https:'), { allow: false, addresses: mixed })).rejects.toThrow(refused);
    expect(hits).toBe(0);
  });

  it('sends nothing unencrypted to public addresses, allowed or not', async () => {
    await expect(post('http://8.8.8.8/')).rejects.toThrow('Only https is allowed to public addresses');
    const addresses = [{ address: '8.8.8.8', family: 4 }];
    await expect(post('http://public.test/', { addresses })).rejects.toThrow();
    const poster = new HttpPoster({ guard: guardOf([]), now: () => 0 }, { timeoutMs: 1, allowPrivateAddresses: false });
    expect(poster.findProblem('http://crm.example/')).toContain('https://');
    expect(poster.findProblem('https://10.0.0.1/')).toBe('expected a public address');
    expect(poster.findProblem('https://crm.example/')).toBeNull();
  });
});

describe('AddressGuard', () => {
  const guard = guardOf([]);
  it.each([
    ...['0.0.0.0', '10.255.255.255', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
    ...['192.168.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', '::ffff:10.0.0.1', 'fe80::1'],
    ...['fc00::1', 'fdff::1', 'ff02::1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001::1', 'crm.example'],
  ])('takes %s for no public address', (address) => {
    expect(guard.isPublic(address)).toBe(false);
  });
  it.each(['8.8.8.8', '100.63.255.255', '100.128.0.0', '172.15.255.255', '172.32.0.0', '2606:4700::1111', '2a00::1'])(
    'takes %s for a public address',
    (address) => {
      expect(guard.isPublic(address)).toBe(true);
    },
  );
});

describe('judgeAttempt', () => {
  const count = { attempts: 1, mostAttempts: 8, random: () => 0.5 };
  const answered = (status: number, retryAfterMs: number | null = null) => ({
    answer: { status, response: '{"error":"no"}', retryAfterMs },
  });

  it.each([200, 204, 299])('believes %i, whatever the body says', (status) => {
    expect(judgeAttempt(answered(status), count)).toEqual({ kind: 'delivered' });
  });
  it.each([199, 300, 301, 400, 404, 429, 500])('tries again after %i', (status) => {
    expect(judgeAttempt(answered(status), count)).toMatchObject({ kind: 'waiting', delayMs: 10_000 });
  });
  it('gives up with the last try, and at once after 410', () => {
    expect(judgeAttempt({ failure: 'no' }, { ...count, attempts: 7 })).toMatchObject({ kind: 'waiting' });
    expect(judgeAttempt({ failure: 'no' }, { ...count, attempts: 8 })).toEqual({ kind: 'failed', problem: 'no' });
    expect(judgeAttempt(answered(410), count).kind).toBe('gone');
  });
  it('spreads eight tries over about a day, a fifth more or less', () => {
    const all = (random: number) =>
      [1, 2, 3, 4, 5, 6, 7]
        .map((attempts) => judgeAttempt(answered(500), { ...count, attempts, random: () => random }))
        .reduce((sum, judged) => sum + ('delayMs' in judged ? judged.delayMs : 0), 0) / 3_600_000;
    expect([all(0), all(0.5), all(1)].map(Math.round)).toEqual([18, 23, 27]);
  });
  it('waits as long as the receiver asks, a day at most, and never less than it would', () => {
    expect(judgeAttempt(answered(503, 60_000), count)).toMatchObject({ delayMs: 60_000 });
    expect(judgeAttempt(answered(503, 1000), count)).toMatchObject({ delayMs: 10_000 });
    expect(judgeAttempt(answered(503, 9e12), count)).toMatchObject({ delayMs: 86_400_000 });
  });
});

describe('signEvent', () => {
  it('signs time and body with each secret, the present one first', () => {
    const hex = (secret: string) => createHmac('sha256', secret).update('1700000000.{"a":1}').digest('hex');
    expect(signEvent('{"a":1}', { secrets: ['new', 'old'], nowMs: 1_700_000_000_999 })).toBe(
      `t=1700000000,v1=${hex('new')},v1=${hex('old')}`,
    );
  });
});
