import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { NetworkNamespace } from '../../firefox/NetworkNamespace.ts';
import { PeerProcess } from '../../sip-peer/PeerProcess.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

test.skip(process.getuid?.() !== 0, 'needs root to give browser and telephone a network of their own');

let steps: readonly { readonly step: string }[] = [];

/** All calls of one run, which shares a bridge, a browser and three telephones. */
test.beforeAll(async () => {
  test.setTimeout(300_000);
  const namespace = await NetworkNamespace.create();
  try {
    const node = join(root, 'node_modules', '.bin', 'node');
    const calls = await PeerProcess.start({
      ...namespace.within(node, ['e2e/direct/directCalls.ts', namespace.address]),
      cwd: root,
    });
    await calls.waitForExit(290_000);
    steps = calls.lines.flatMap((line) => (line.startsWith('{"step"') ? [JSON.parse(line)] : []));
    expect(steps, calls.log()).not.toEqual([]);
  } finally {
    await namespace.close();
  }
});

const seen = (name: string) => steps.find(({ step }) => step === name);
const nothing = { transports: 0, rtpLegs: 0, gatewayPorts: 0, sessions: 0 };

test('browser and telephone hear each other without the bridge, which sends the digits', () => {
  expect(seen('direct')).toEqual({
    step: 'direct',
    heard: 'both',
    shown: 'Direct',
    media: expect.objectContaining(nothing),
    digits: { asEvents: '', asInfo: '159#' },
    mediaWay: 'direct',
    outcome: 'answered',
    ways: ['direct'],
  });
});

test('a call on hold is silent both ways, needs no relay for it, and goes on', () => {
  expect(seen('held')).toEqual({
    step: 'held',
    before: 'both',
    onHold: 'silent',
    media: expect.objectContaining(nothing),
    after: 'both',
    mediaWay: 'direct',
    outcome: 'answered',
    ways: ['direct'],
  });
});

test('a reloaded page goes on by the relay', () => {
  expect(seen('reloaded')).toEqual({
    step: 'reloaded',
    heard: 'page',
    mediaWay: 'relay',
    outcome: 'answered',
    // Nobody is where the gateway says it is: a page that is slow to come back finds that out first.
    ways: ['direct', expect.stringMatching(/^relay: (browserReoffered|notConnected)$/)],
  });
});

test('two that can’t connect are heard by the relay', () => {
  expect(seen('blocked')).toEqual({
    step: 'blocked',
    heard: 'page',
    mediaWay: 'relay',
    outcome: 'answered',
    ways: ['direct', 'relay: notConnected'],
  });
});

test('a gateway that is gone gives way to one of the other kind, both ways round', () => {
  expect(seen('toRelay')).toEqual({
    step: 'toRelay',
    heard: 'both',
    mediaWay: 'relay',
    outcome: 'answered',
    ways: ['direct', 'relay'],
  });
  expect(seen('toDirect')).toEqual({
    step: 'toDirect',
    heard: 'both',
    mediaWay: 'direct',
    outcome: 'answered',
    ways: ['relay', 'direct'],
  });
});

test('a gateway that takes nothing but DTLS-SRTP goes on by the relay after a reload', () => {
  expect(seen('reloadedByDtls')).toEqual({
    step: 'reloadedByDtls',
    before: 'both',
    after: 'both',
    mediaWay: 'relay',
    outcome: 'answered',
    ways: ['direct', 'relay: browserReoffered'],
  });
});

test('such a gateway that the browser can’t connect with is heard by the relay, both ways', () => {
  expect(seen('blockedByDtls')).toEqual({
    step: 'blockedByDtls',
    heard: 'both',
    mediaWay: 'relay',
    outcome: 'answered',
    ways: ['direct', 'relay: notConnected'],
  });
});

test('early media goes direct, and the call after it', () => {
  expect(seen('early')).toEqual({
    step: 'early',
    whileRinging: 'both',
    after: 'both',
    mediaWay: 'direct',
    outcome: 'answered',
    ways: ['direct'],
  });
});

test('a telephone that begins no second DTLS inside a call loses it with the page, and the person is told', () => {
  expect(seen('reloadedBaresip')).toEqual({
    step: 'reloadedBaresip',
    before: 'both',
    told: true,
    mediaWay: 'relay',
    outcome: 'answered',
    ways: ['direct', 'relay: browserReoffered'],
  });
});

test('a telephone holds a direct call and takes it back', () => {
  expect(seen('heldByOther')).toEqual({
    step: 'heldByOther',
    before: 'both',
    after: 'both',
    mediaWay: 'direct',
    outcome: 'answered',
    ways: ['direct'],
  });
});

test('a telephone hands a direct call to another one, which the relay speaks with', () => {
  expect(seen('referred')).toEqual({
    step: 'referred',
    before: 'both',
    after: 'plain',
    mediaWay: 'relay',
    outcome: 'answered',
    ways: ['direct', 'relay'],
  });
});

test('a direct call is passed on: the relay joins the two telephones', () => {
  expect(seen('passedOn')).toEqual({
    step: 'passedOn',
    before: 'both',
    joined: 'both',
    mediaWay: 'relay',
    // It goes on.
    outcome: null,
    ways: ['direct', 'relay: joined'],
  });
});

test('a direct call is passed on to a telephone that speaks WebRTC, too: the relay speaks with both as a browser does', () => {
  expect(seen('passedToDirect')).toEqual({
    step: 'passedToDirect',
    before: 'both',
    joined: 'both',
    mediaWay: 'relay',
    outcome: 'answered',
    ways: ['direct', 'relay: joined'],
  });
});

test('a direct call waits while somebody else is asked, and is joined with them', () => {
  expect(seen('consulted')).toEqual({
    step: 'consulted',
    before: 'both',
    joined: 'both',
    mediaWay: 'relay',
    // It goes on.
    outcome: null,
    ways: ['direct', 'relay: joined'],
  });
});

test('a gateway that refuses the relay ends the call, and the person is told why', () => {
  expect(seen('refused')).toEqual({
    step: 'refused',
    told: true,
    mediaWay: 'direct',
    outcome: 'answered',
    ways: ['direct'],
  });
});

test('a telephone that speaks WebRTC calls, and is heard by the relay, both ways', () => {
  expect(seen('comesIn')).toEqual({ step: 'comesIn', heard: 'both', mediaWay: 'relay', outcome: 'answered', ways: [] });
});

test('a call that came in goes on to a telephone that speaks WebRTC, and both hear each other', () => {
  expect(seen('sentOn')).toEqual({ step: 'sentOn', heard: 'both' });
});
