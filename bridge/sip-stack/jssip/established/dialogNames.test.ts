import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tagOf } from '../../message/index.ts';
import { callInProgress, nextRequest } from '../testing/callsBothWays.ts';
import { type Bench, makeStack } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
});

describe.each(['outgoing', 'incoming'] as const)('a call that is %s', (way) => {
  test('says by what names its dialog is known', async () => {
    const { call, dialog } = await callInProgress(way, bench);
    expect(call.dialogId).toEqual({
      callId: dialog.callId,
      localTag: tagOf(dialog.remote),
      remoteTag: tagOf(dialog.local),
    });
    expect(call.dialogId?.callId).toBe(call.sipCallId);
  });

  test('says which methods the gateway allows, in capitals, by its latest word', async () => {
    const { call, caller, dialog } = await callInProgress(way, bench, { headers: [['Allow', 'INVITE, ack,REFER']] });
    expect(call.allowedMethods).toEqual(['INVITE', 'ACK', 'REFER']);
    caller.inDialog(dialog, 'UPDATE', { headers: [['Allow', 'INVITE']] });
    await caller.response(200);
    expect(call.allowedMethods).toEqual(['INVITE']);
  });

  test('says nothing of methods where the gateway never told', async () => {
    const { call } = await callInProgress(way, bench);
    expect(call.allowedMethods).toEqual([]);
  });

  test('can be written down with all that it takes to end it', async () => {
    const { call, dialog } = await callInProgress(way, bench, {
      headers: [['Record-Route', `<sip:127.0.0.1:${bench.peer.port};lr>`]],
    });
    const snapshot = call.snapshot();
    expect(snapshot).toEqual({
      ...call.dialogId,
      localUri: dialog.remote.replace(/.*<|>.*/g, ''),
      remoteUri: dialog.local.replace(/.*<|>.*/g, ''),
      remoteTarget: `sip:gw@127.0.0.1:${bench.peer.port}`,
      routeSet: [`<sip:127.0.0.1:${bench.peer.port};lr>`],
      localCSeq: expect.any(Number),
    });
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
    void call.reinvite('v=0\r\n').catch(() => {});
    await nextRequest(bench.peer, 'INVITE');
    expect(call.snapshot()?.localCSeq).toBe((snapshot?.localCSeq ?? 0) + 1);
  });
});
