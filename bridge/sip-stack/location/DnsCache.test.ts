import { beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import { DnsCache, FAILURE_TTL_MS, NEGATIVE_TTL_MS, STALE_WAIT_MS, UNKNOWN_TTL_MS } from './DnsCache.ts';
import { FakeDns } from './testing/FakeDns.ts';

let clock: FakeClock;
let dns: FakeDns;
let cache: DnsCache;

beforeEach(() => {
  clock = new FakeClock();
  dns = new FakeDns({ a: { 'gw.example': ['192.0.2.1'] } });
  cache = new DnsCache({ clock, maxEntries: 3 });
});

const askA = (name = 'gw.example') => cache.get(`A ${name}`, () => dns.a(name));

test('an answer is kept as long as DNS says, and no longer', async () => {
  dns.ttlMs = 20_000;
  await askA();
  clock.advance(19_999);
  expect(await askA()).toEqual(['192.0.2.1']);
  expect(dns.asked).toHaveLength(1);
  clock.advance(1);
  dns.zone = { a: { 'gw.example': ['192.0.2.2'] } };
  expect(await askA()).toEqual(['192.0.2.2']);
});

test('a time to live of zero is a second, one of a year a day', async () => {
  dns.ttlMs = 0;
  await askA();
  clock.advance(999);
  await askA();
  expect(dns.asked).toHaveLength(1);
  clock.advance(1);
  dns.ttlMs = 365 * 24 * 3_600_000;
  await askA();
  clock.advance(24 * 3_600_000);
  await askA();
  expect(dns.asked).toHaveLength(3);
});

test('where the time to live is unknown a minute counts', async () => {
  const ask = () => cache.get('SRV gw.example', () => dns.srv('gw.example'));
  dns.zone = { srv: { 'gw.example': [{ name: 'a', port: 1, priority: 1, weight: 1 }] } };
  await ask();
  clock.advance(UNKNOWN_TTL_MS - 1);
  await ask();
  expect(dns.asked).toHaveLength(1);
  clock.advance(1);
  await ask();
  expect(dns.asked).toHaveLength(2);
});

test('that there is nothing is believed shortly', async () => {
  expect(await askA('no.example')).toEqual([]);
  clock.advance(NEGATIVE_TTL_MS - 1);
  await askA('no.example');
  expect(dns.asked).toHaveLength(1);
  clock.advance(1);
  await askA('no.example');
  expect(dns.asked).toHaveLength(2);
});

test('who asks for the same meanwhile shares the answer', async () => {
  dns.isSlow = true;
  const both = Promise.all([askA(), askA()]);
  dns.release();
  expect(await both).toEqual([['192.0.2.1'], ['192.0.2.1']]);
  expect(dns.asked).toHaveLength(1);
});

test('while DNS is down the old answer serves, and it is asked again after 5 s', async () => {
  await askA();
  clock.advance(dns.ttlMs);
  dns.isDown = true;
  expect(await askA()).toEqual(['192.0.2.1']);
  clock.advance(FAILURE_TTL_MS - 1);
  expect(await askA()).toEqual(['192.0.2.1']);
  expect(dns.asked).toHaveLength(2);
  clock.advance(1);
  dns.isDown = false;
  dns.zone = { a: { 'gw.example': ['192.0.2.7'] } };
  expect(await askA()).toEqual(['192.0.2.7']);
});

test('a slow DNS keeps nobody waiting who has an old answer', async () => {
  await askA();
  clock.advance(dns.ttlMs);
  dns.isSlow = true;
  dns.zone = { a: { 'gw.example': ['192.0.2.7'] } };
  const asked = askA();
  clock.advance(STALE_WAIT_MS);
  expect(await asked).toEqual(['192.0.2.1']);
  const next = askA();
  dns.release();
  expect(await next).toEqual(['192.0.2.7']);
  expect(clock.pendingTimers).toBe(0);
});

test('a failure without any old answer is told, and not asked about again for 5 s', async () => {
  dns.isDown = true;
  await expect(askA()).rejects.toThrow('ETIMEOUT');
  dns.isDown = false;
  await expect(askA()).rejects.toThrow('ETIMEOUT');
  clock.advance(FAILURE_TTL_MS);
  expect(await askA()).toEqual(['192.0.2.1']);
});

test('no more is kept than allowed: the oldest goes', async () => {
  for (const name of ['gw.example', 'b', 'c', 'd']) await askA(name);
  expect(dns.asked).toHaveLength(4);
  await askA('d');
  await askA('b');
  expect(dns.asked).toHaveLength(4);
  await askA('gw.example');
  expect(dns.asked).toHaveLength(5);
});
