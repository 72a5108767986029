import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tagOf } from '../../message/index.ts';
import { type CallInProgress, callInProgress, nextRequest } from '../testing/callsBothWays.ts';
import { ANSWER, type Bench, makeStack } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
});

/** As the gateway names the call to us. */
function nameOf({ dialog }: CallInProgress, more = ''): string {
  return `${dialog.callId};to-tag=${tagOf(dialog.remote)};from-tag=${tagOf(dialog.local)}${more}`;
}

describe.each(['outgoing', 'incoming'] as const)('an INVITE that wants the place of a call that is %s', (way) => {
  test('says which one, as we name it, and is answered like any other', async () => {
    const inProgress = await callInProgress(way, bench);
    const { call } = await inProgress.caller.call({
      callId: 'replacing',
      headers: [`Replaces: ${nameOf(inProgress)}`, 'Require: replaces'],
    });
    expect(call.replaces).toEqual(inProgress.call.dialogId);
    call.answer(ANSWER, { onRemoteOffer: async () => ANSWER });
    const ok = await inProgress.caller.response(200);
    inProgress.caller.inDialog(inProgress.caller.dialog(ok), 'ACK');
    inProgress.call.bye();
    const { request } = await nextRequest(bench.peer, 'BYE');
    expect(request.headers.get('Call-ID')).toBe(inProgress.dialog.callId);
  });

  test.each<[string, number, (inProgress: CallInProgress) => string[]]>([
    ['of another from-tag', 481, (call) => [`${nameOf(call)}x`]],
    ['of another Call-ID', 481, (call) => [`x${nameOf(call)}`]],
    ['that names none', 400, () => ['nonsense']],
    ['that names two', 400, (call) => [nameOf(call), nameOf(call)]],
    ['for as long as it rings', 486, (call) => [nameOf(call, ';early-only')]],
  ])('%s gets %d', async (_, status, names) => {
    const inProgress = await callInProgress(way, bench);
    const headers = names(inProgress).map((name) => `Replaces: ${name}`);
    inProgress.caller.send(inProgress.caller.invite({ callId: 'replacing', headers }));
    await inProgress.caller.response(status);
    expect(inProgress.ends).toEqual([]);
  });

  test('gets 603 where that has ended', async () => {
    const inProgress = await callInProgress(way, bench);
    inProgress.caller.inDialog(inProgress.dialog, 'BYE');
    await inProgress.caller.response(200);
    const headers = [`Replaces: ${nameOf(inProgress)}`];
    inProgress.caller.send(inProgress.caller.invite({ callId: 'replacing', headers }));
    await inProgress.caller.response(603);
  });

  test('gets 481 where that is another gateway’s', async () => {
    const inProgress = await callInProgress(way, bench);
    bench.stack.setPeers([{ ...bench.gateway, id: 'gw2', incoming: { addresses: [] } }]);
    const headers = [`Replaces: ${nameOf(inProgress)}`];
    inProgress.caller.send(inProgress.caller.invite({ callId: 'replacing', headers }));
    await inProgress.caller.response(481);
  });
});

test('a call that is on its way in as usual replaces none', async () => {
  const { caller } = await callInProgress('outgoing', bench);
  const { call } = await caller.call();
  expect(call.replaces).toBeNull();
  call.reject({ status: 486 });
});

test('our INVITE names the dialog that it shall replace as the REFER told it', async () => {
  bench.dial({ replaces: { callId: 'c@d', localTag: 't', remoteTag: 'f' } });
  const { request } = await bench.peer.request('INVITE');
  expect(request.headers.all('Replaces')).toEqual(['c@d;to-tag=t;from-tag=f']);
});
