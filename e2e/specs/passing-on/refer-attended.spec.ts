import { expect } from '@playwright/test';
import { alice, tappedScript, withNetwork } from '../../fixtures/index.ts';
import { ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { eventsOf, pastCall } from '../../fixtures/pastCall.ts';
import { RestClient } from '../../fixtures/RestClient.ts';
import { referredScenarios, type Sipp } from '../../sip-peer/index.ts';

const numbers = { boss: '+12025550171', assistant: '+12025550172' } as const;

const test = withNetwork({
  exchange: tappedScript({
    ...{ scenario: referredScenarios.succeeds, toneHz: 1000, moreNumbers: Object.values(numbers) },
    number: '+12025550173',
  }),
});

/** The dialog of the call to this number as the gateway knows it. */
async function dialogOf(sipp: Sipp, number: string) {
  const { text } = await sipp.waitForMessage(
    `the answer to ${number}`,
    (message) =>
      message.direction === 'sent' &&
      /^SIP\/2.0 200/.test(message.startLine) &&
      message.text.includes(`<sip:${number}@`),
  );
  const tagOf = (header: string) => new RegExp(`^${header}:.*;tag=([^;\\s]+)`, 'm').exec(text)?.[1];
  return { callId: /^Call-ID:\s*(\S+)/m.exec(text)?.[1], ours: tagOf('To'), theirs: tagOf('From') };
}

test('two calls at one gateway are joined there: REFER with Replaces names the second one’s dialog', async ({
  bridge,
  network,
}) => {
  const { sipp } = network.exchange.peer;
  const client = await ProtocolClient.signIn(bridge.url, alice);
  const talkTo = async (number: string) => {
    const callId = await client.dial(number);
    await client.waitForStatus(callId, ({ state }) => state === 'established');
    return callId;
  };
  try {
    const first = await talkTo(numbers.boss);
    expect(await client.request('call:hold', { callId: first })).toMatchObject({ ok: true });
    const second = await talkTo(numbers.assistant);
    expect(await client.request('call:transfer', { callId: first, to: { callId: second } })).toMatchObject({
      ok: true,
    });

    const { text } = await sipp.waitForRequest('REFER');
    expect(text).toContain(`Call-ID: ${(await dialogOf(sipp, numbers.boss)).callId}`);
    const replaced = await dialogOf(sipp, numbers.assistant);
    const referTo = /^Refer-To:\s*<sip:\+12025550172@[^?>]+\?Replaces=([^>&]+)>/m.exec(text)?.[1] ?? '';
    const [dialogId, ...tags] = decodeURIComponent(referTo).split(';');
    // RFC 3891 section 3: to-tag is the one of whoever gets the INVITE with it, from-tag ours.
    expect(dialogId).toBe(replaced.callId);
    expect(new Set(tags)).toEqual(new Set([`to-tag=${replaced.ours}`, `from-tag=${replaced.theirs}`]));

    for (const [callId, to] of [
      [first, numbers.assistant],
      [second, numbers.boss],
    ] as const) {
      const { end } = await client.waitForStatus(callId, ({ state }) => state === 'ended');
      expect(end).toMatchObject({ outcome: 'answered', transferredTo: to });
    }
    const byes = async () => {
      const messages = await sipp.messages();
      const ids = messages
        .filter(({ direction, startLine }) => direction === 'received' && startLine.startsWith('BYE '))
        .map((message) => /^Call-ID:\s*(\S+)/m.exec(message.text)?.[1]);
      return new Set(ids).size;
    };
    await expect.poll(byes).toBe(2);
    expect(await sipp.complaints()).toBe('');

    const rest = await RestClient.signIn(bridge.url, alice);
    const call = await pastCall(rest, numbers.boss);
    expect(call.entry).toMatchObject({ outcome: 'answered', transferredTo: numbers.assistant });
    expect(eventsOf(call, 'held', 'transferRequested', 'transferred')).toEqual([
      'held',
      'transferRequested',
      'transferred',
    ]);
    expect((await pastCall(rest, numbers.assistant)).entry).toMatchObject({
      outcome: 'answered',
      transferredTo: numbers.boss,
    });
  } finally {
    client.close();
  }
});
