import { expect } from '@playwright/test';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { microphoneToneHz, telephone, withNetwork } from '../../fixtures/index.ts';

const test = withNetwork({
  opusOverUdp: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 1000 }),
  pcmuOverTcp: telephone({ transport: 'tcp', codec: 'PCMU', answerMode: 'auto', toneHz: 1250 }),
  opusOverTcp: telephone({ transport: 'tcp', codec: 'opus', answerMode: 'auto', toneHz: 1500 }),
  g722OverUdp: telephone({ transport: 'udp', codec: 'G722', answerMode: 'auto', toneHz: 1750 }),
  pcmaOverUdp: telephone({ transport: 'udp', codec: 'PCMA', answerMode: 'auto', toneHz: 2000 }),
});

const gateways = {
  opusOverUdp: { title: 'Opus over UDP', toneHz: 1000 },
  pcmuOverTcp: { title: 'PCMU over TCP', toneHz: 1250 },
  opusOverTcp: { title: 'Opus over TCP', toneHz: 1500 },
  g722OverUdp: { title: 'G722 over UDP', toneHz: 1750 },
  pcmaOverUdp: { title: 'PCMA over UDP', toneHz: 2000 },
} as const;

for (const id of ['opusOverUdp', 'pcmuOverTcp', 'opusOverTcp', 'g722OverUdp', 'pcmaOverUdp'] as const) {
  const { title, toneHz } = gateways[id];
  test(`both sides hear each other with ${title}`, async ({ dialer, network }) => {
    const { number, peer } = network[id];
    const mark = peer.mark();
    await dialer.dial(number);
    await peer.waitForEstablished(mark);
    await dialer.expectToHear(toneHz);
    await expectToHear(peer, microphoneToneHz);
    await dialer.hangUp.click();
    await peer.waitForClosed(mark);
    await dialer.expectIdle();
  });
}

for (const id of ['opusOverUdp', 'pcmuOverTcp'] as const) {
  test(`digits typed in a call arrive as RFC 4733 events with ${gateways[id].title}`, async ({ dialer, network }) => {
    const { number, peer } = network[id];
    const mark = peer.mark();
    await dialer.dial(number);
    await peer.waitForEstablished(mark);
    await dialer.openKeypad();
    for (const digit of '159#') await dialer.pressKey(digit);
    await expect.poll(() => peer.digits(mark)).toEqual({ asEvents: '159#', asInfo: '' });
    await dialer.hangUp.click();
    await peer.waitForClosed(mark);
  });
}

test('a muted microphone sends silence, and sound again when it is unmuted', async ({ dialer, network }) => {
  const { number, peer } = network.opusOverUdp;
  const mark = peer.mark();
  await dialer.dial(number);
  await peer.waitForEstablished(mark);
  await expectToHear(peer, microphoneToneHz);
  await dialer.mute.click();
  await expect.poll(() => peer.hears()).toBeNull();
  await dialer.mute.click();
  await expectToHear(peer, microphoneToneHz);
  await dialer.hangUp.click();
  await peer.waitForClosed(mark);
});

test('a call ends on the page when the other side hangs up', async ({ dialer, network }) => {
  const { number, peer } = network.opusOverTcp;
  const mark = peer.mark();
  await dialer.dial(number);
  await peer.waitForEstablished(mark);
  await dialer.expectToHear(1500);
  peer.hangUp();
  await expect(dialer.status).toContainText('Call ended');
  await dialer.expectIdle();
});
