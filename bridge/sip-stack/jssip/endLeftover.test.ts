import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sequenceOf } from '../message/index.ts';
import type { SipDialogSnapshot } from '../port/index.ts';
import { callInProgress, nextRequest } from './testing/callsBothWays.ts';
import { expectNothingHeld } from './testing/establishedCall.ts';
import { type Bench, makeStack } from './testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp', { gateway: { credentials: { userName: 'trunk', password: 'secret' } } });
});

afterEach(async () => {
  await bench.close();
});

/** A dialog of ours, as it was written down before the process died. */
const LEFTOVER: SipDialogSnapshot = {
  ...{ callId: 'gone', localTag: 'ours', remoteTag: 'theirs', localCSeq: 10_001 },
  localUri: 'sip:+12025550199@us.example',
  remoteUri: 'tel:+12025550100',
  remoteTarget: 'sip:gw@192.0.2.1;ob',
  routeSet: [],
};

/** Its request goes by the bench's own gateway. */
const viaGateway = (): SipDialogSnapshot => ({ ...LEFTOVER, routeSet: [`<sip:127.0.0.1:${bench.peer.port};lr>`] });

describe('a dialog of a process that is gone', () => {
  test('is ended by a BYE under its names, with a higher number, by its route', async () => {
    const ended = bench.stack.endLeftover(bench.gateway, viaGateway());
    const { request, respond } = await nextRequest(bench.peer, 'BYE');
    expect(request.uri).toBe('sip:gw@192.0.2.1;ob');
    expect(request.headers.get('Route')).toBe(`<sip:127.0.0.1:${bench.peer.port};lr>`);
    expect(request.headers.get('Call-ID')).toBe('gone');
    expect(request.headers.get('From')).toBe('<sip:+12025550199@us.example>;tag=ours');
    expect(request.headers.get('To')).toBe('<tel:+12025550100>;tag=theirs');
    expect(request.headers.get('CSeq')).toBe('10002 BYE');
    respond(200);
    expect(await ended).toBe(true);
    expectNothingHeld(bench);
  });

  test('that the gateway has forgotten is ended too', async () => {
    const ended = bench.stack.endLeftover(bench.gateway, viaGateway());
    (await nextRequest(bench.peer, 'BYE')).respond(481);
    expect(await ended).toBe(true);
  });

  test('is ended after a challenge', async () => {
    const ended = bench.stack.endLeftover(bench.gateway, viaGateway());
    const first = await nextRequest(bench.peer, 'BYE');
    first.respond(401, { headers: [['WWW-Authenticate', 'Digest realm="gw", nonce="n1"']] });
    const second = await nextRequest(bench.peer, 'BYE', 2);
    expect(second.request.headers.get('Authorization')).toContain('username="trunk"');
    second.respond(200);
    expect(await ended).toBe(true);
  });

  test('whose gateway stays silent is given up after 5 s, not before', async () => {
    let result: boolean | null = null;
    const ended = bench.stack.endLeftover(bench.gateway, viaGateway()).then((isAnswered) => {
      result = isAnswered;
    });
    await nextRequest(bench.peer, 'BYE');
    await bench.clock.advanceAsync(4999);
    expect(result).toBeNull();
    await bench.clock.advanceAsync(1);
    await ended;
    expect(result).toBe(false);
    expectNothingHeld(bench);
  });

  test('of a gateway that can’t be found is no error', async () => {
    const nowhere = { ...bench.gateway, id: 'nowhere', addresses: [] };
    expect(await bench.stack.endLeftover(nowhere, LEFTOVER)).toBe(false);
    expectNothingHeld(bench);
  });

  test('is given up when the stack closes meanwhile', async () => {
    const ended = bench.stack.endLeftover(bench.gateway, viaGateway());
    await nextRequest(bench.peer, 'BYE');
    await bench.stack.close();
    expect(await ended).toBe(false);
  });

  test('is left alone by a stack that is closed', async () => {
    const closing = bench.stack.close();
    expect(await bench.stack.endLeftover(bench.gateway, viaGateway())).toBe(false);
    await closing;
  });
});

test.each(['outgoing', 'incoming'] as const)(
  'a call that was %s is ended by what was written down of it',
  async (way) => {
    const { call, dialog } = await callInProgress(way, bench);
    const snapshot = JSON.parse(JSON.stringify(call.snapshot())) as SipDialogSnapshot;
    const later = await makeStack('udp');
    const ended = later.stack.endLeftover(bench.gateway, snapshot);
    const { request, respond } = await nextRequest(bench.peer, 'BYE');
    expect(request.headers.get('Call-ID')).toBe(dialog.callId);
    expect(sequenceOf(request)).toBeGreaterThan(1);
    respond(200);
    expect(await ended).toBe(true);
    await later.close();
  },
);
