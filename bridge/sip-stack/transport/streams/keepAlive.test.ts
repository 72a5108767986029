import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FakeClock } from '../../../observability/FakeClock.ts';
import type { SipRoute, SipTransportLayer } from '../SipTransportLayer.ts';
import { makeLayer } from '../testing/makeLayer.ts';
import { RawPeer } from '../testing/RawPeer.ts';
import { PING_EVERY_MS, PONG_WITHIN_MS } from './KeepAlive.ts';

let layer: SipTransportLayer;
let clock: FakeClock;
let peer: RawPeer;
let heard: string;
let answers: boolean;

const turn = () => new Promise((resolve) => setImmediate(resolve));
const until = async (condition: () => boolean) => {
  while (!condition()) await turn();
};
const pings = () => heard.split('\r\n\r\n').length - 1;

beforeEach(async () => {
  ({ layer, clock } = await makeLayer());
  peer = await RawPeer.tcp();
  heard = '';
  answers = true;
  peer.onOctets = (octets) => {
    heard += octets;
    return answers ? '\r\n' : null;
  };
  const route: SipRoute = await layer.resolve({ transport: 'tcp', host: '127.0.0.1', port: peer.port });
  await layer.connect(route);
  await until(() => peer.connectionCount === 1);
});
afterEach(async () => {
  await layer.close();
  await peer.close();
});

/** Lets a pong that is on its way arrive: the next ping is a whole interval after it. */
const ping = async (count: number) => {
  clock.advance(PING_EVERY_MS);
  await until(() => pings() === count);
};

describe('a connection that we keep', () => {
  test('is pinged by CRLF CRLF after 25 s of silence, not before, and again', async () => {
    clock.advance(PING_EVERY_MS - 1);
    await turn();
    expect(heard).toBe('');
    clock.advance(1);
    await until(() => pings() === 1);
    for (let count = 0; count < 5; count += 1) await turn();
    await ping(2);
    expect(heard).toBe('\r\n\r\n\r\n\r\n');
  });

  test('that has answered pings and does so no more is closed after 10 s', async () => {
    await ping(1);
    for (let count = 0; count < 20; count += 1) await turn();
    answers = false;
    await ping(2);
    clock.advance(PONG_WITHIN_MS - 1);
    await turn();
    expect(layer.holdings().connections).toBe(1);
    clock.advance(1);
    expect(layer.holdings().connections).toBe(0);
  });

  test('to one that never answers pings stays open, and is pinged on', async () => {
    answers = false;
    await ping(1);
    clock.advance(PONG_WITHIN_MS);
    await ping(2);
    expect(layer.holdings().connections).toBe(1);
  });

  test('that nobody uses is closed after 15 minutes, pings or not', async () => {
    for (let count = 1; count <= 35; count += 1) {
      await ping(count);
      for (let turns = 0; turns < 10; turns += 1) await turn();
    }
    expect(layer.holdings().connections).toBe(1);
    clock.advance(PING_EVERY_MS);
    expect(layer.holdings().connections).toBe(0);
  });

  test('is not given up for half a message because of a stray line end', async () => {
    let asked = 0;
    peer.onOctets = () => {
      asked += 1;
      return '\r\n\r\n\r\n\r\n\r\n';
    };
    clock.advance(PING_EVERY_MS);
    // Its own ping among them is answered.
    await until(() => asked === 2);
    peer.onOctets = () => null;
    for (let count = 0; count < 20; count += 1) await turn();
    clock.advance(30_000);
    expect(layer.holdings().connections).toBe(1);
  });
});
