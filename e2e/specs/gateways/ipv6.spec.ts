import { expectToHear } from '../../fixtures/expectToHear.ts';
import { microphoneToneHz, telephone, withNetwork } from '../../fixtures/index.ts';

const test = withNetwork(
  {
    overUdp: telephone({
      ...{ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000, address: '::1' },
      entry: { host: '::1' },
    }),
    overTcp: telephone({
      ...{ transport: 'tcp', codec: 'opus', answerMode: 'auto', toneHz: 1300, address: '::1' },
      entry: { host: '::1' },
    }),
  },
  {
    sip: {
      listen: ['127.0.0.1', '::1'].flatMap((host) => ['udp', 'tcp'].map((transport) => ({ transport, host, port: 0 }))),
    },
    media: { extraListenAddresses: [{ listenAddress: '::1' }] },
  },
);

for (const [name, toneHz] of [
  ['overUdp', 1000],
  ['overTcp', 1300],
] as const) {
  test(`a gateway at an IPv6 address is called ${name}, and both hear each other`, async ({ dialer, network }) => {
    const { number, peer } = network[name];
    const mark = peer.mark();
    await dialer.dial(number);
    await dialer.expectToHear(toneHz);
    await expectToHear(peer, microphoneToneHz);
    await dialer.hangUp.click();
    await peer.waitForClosed(mark);
    await dialer.expectIdle();
  });
}
