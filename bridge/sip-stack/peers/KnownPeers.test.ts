import { beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import type { SipDestination, SipPeer } from '../port/index.ts';
import { KnownPeers, REFRESH_MS } from './KnownPeers.ts';

const place = (address: string, port = 5060): SipDestination => ({ transport: 'udp', address, port, host: address });
const peerOf = (id: string, host: string, ranges: string[] = []): SipPeer => ({
  id,
  addresses: [{ host, port: null, transport: 'udp' }],
  domain: host,
  incoming: { addresses: ranges },
});
const names = (peers: readonly SipPeer[]) => peers.map(({ id }) => id);

let clock: FakeClock;
let places: Record<string, SipDestination[]>;
let peers: KnownPeers;

beforeEach(() => {
  clock = new FakeClock();
  places = { one: [place('192.0.2.1', 5060)], two: [place('192.0.2.1', 5062), place('192.0.2.2')] };
  peers = new KnownPeers({
    clock,
    logger: new RecordingLogger(),
    locate: async ({ id }) => places[id] ?? Promise.reject(new Error('no address')),
  });
});

describe('known peers', () => {
  test('are found by where they are reached, those at the very port first', async () => {
    peers.set([peerOf('one', '192.0.2.1'), peerOf('two', '192.0.2.1')]);
    await clock.advanceAsync(0);
    expect(names(peers.at({ address: '192.0.2.1', port: 5062 }))).toEqual(['two', 'one']);
    expect(names(peers.at({ address: '192.0.2.1', port: 40_000 }))).toEqual(['one', 'two']);
    expect(names(peers.at({ address: '192.0.2.2', port: 1 }))).toEqual(['two']);
    expect(peers.at({ address: '192.0.2.3', port: 5060 })).toEqual([]);
    expect([peers.isAt('192.0.2.2'), peers.isAt('192.0.2.3')]).toEqual([true, false]);
  });

  test('are found by addresses and ranges of either family', () => {
    peers.set([
      peerOf('one', 'a.example', ['198.51.100.0/25', '2001:db8::/64']),
      peerOf('two', 'b.example', ['198.51.100.7']),
    ]);
    expect(names(peers.at({ address: '198.51.100.7', port: 5060 }))).toEqual(['two']);
    expect(names(peers.at({ address: '198.51.100.127', port: 5060 }))).toEqual(['one']);
    expect(names(peers.at({ address: '2001:db8::ffff', port: 5060 }))).toEqual(['one']);
    expect([peers.isAt('198.51.100.128'), peers.isAt('2001:db8:0:1::1'), peers.isAt('198.51.100.127')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('that are not set any more, or are reached elsewhere now, are strangers', async () => {
    peers.set([peerOf('one', '192.0.2.1'), peerOf('two', '192.0.2.2')]);
    await clock.advanceAsync(0);
    places = {};
    peers.set([peerOf('two', '192.0.2.9')]);
    expect([peers.isAt('192.0.2.1'), peers.isAt('192.0.2.2')]).toEqual([false, false]);
  });

  test('that stay as they were are known without a gap', async () => {
    peers.set([peerOf('two', '192.0.2.2')]);
    await clock.advanceAsync(0);
    peers.set([{ ...peerOf('two', '192.0.2.2'), domain: 'other.example' }]);
    expect(peers.isAt('192.0.2.2')).toBe(true);
  });

  test('by name are looked up again each minute, and where they were stays good for an hour', async () => {
    peers.set([peerOf('one', 'gw.example')]);
    await clock.advanceAsync(0);
    places = { one: [place('192.0.2.5')] };
    await clock.advanceAsync(REFRESH_MS - 1);
    expect(peers.isAt('192.0.2.5')).toBe(false);
    await clock.advanceAsync(1);
    expect([peers.isAt('192.0.2.5'), peers.isAt('192.0.2.1')]).toEqual([true, true]);
    await clock.advanceAsync(3_600_000 - REFRESH_MS);
    expect(peers.isAt('192.0.2.1')).toBe(true);
    await clock.advanceAsync(REFRESH_MS);
    expect([peers.isAt('192.0.2.5'), peers.isAt('192.0.2.1')]).toEqual([true, false]);
    peers.close();
    expect(clock.pendingTimers).toBe(0);
  });

  test('with addresses alone need no clock', async () => {
    peers.set([peerOf('one', '192.0.2.1')]);
    await clock.advanceAsync(0);
    expect(clock.pendingTimers).toBe(0);
  });

  test('that can’t be found now are tried again', async () => {
    places = {};
    peers.set([peerOf('one', 'gw.example')]);
    await clock.advanceAsync(0);
    places = { one: [place('192.0.2.5')] };
    await clock.advanceAsync(REFRESH_MS);
    expect(peers.isAt('192.0.2.5')).toBe(true);
  });

  test('may be noted by whoever calls them, and forgotten', () => {
    peers.note(peerOf('one', '192.0.2.1'), [place('192.0.2.1')]);
    expect(peers.isAt('192.0.2.1')).toBe(true);
    // Who was only called, as by a test of a gateway that is switched off, may not call us.
    expect(peers.callersAt({ address: '192.0.2.1', port: 5060 })).toEqual([]);
    peers.set([peerOf('one', '192.0.2.1')]);
    expect(names(peers.callersAt({ address: '192.0.2.1', port: 5060 }))).toEqual(['one']);
    peers.forget('one');
    expect(peers.isAt('192.0.2.1')).toBe(false);
  });
});
