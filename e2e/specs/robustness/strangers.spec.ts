import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { microphoneToneHz, telephone, withNetwork } from '../../fixtures/index.ts';
import { sipRequest } from '../../fixtures/malformedSip.ts';

const test = withNetwork({
  telephone: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000 }),
});

const perSecond = 2000;
const tickMs = 10;

test('2,000 requests of strangers a second leave calls untouched: talking, hanging up and dialling anew', async ({
  dialer,
  network,
  bridgeSipPort,
}) => {
  const { number, peer } = network.telephone;
  await dialer.dial(number);
  await dialer.expectToHear(1000);
  const flood = await beginFlood(bridgeSipPort);
  try {
    for (let times = 0; times < 3; times += 1) {
      await dialer.expectToHear(1000);
      await expectToHear(peer, microphoneToneHz);
    }
    const mark = peer.mark();
    await dialer.hangUp.click();
    await peer.waitForClosed(mark);
    await dialer.expectIdle();
    await dialer.dial(number);
    await dialer.expectToHear(1000);
    await expectToHear(peer, microphoneToneHz);
  } finally {
    flood.end();
  }
  await dialer.hangUp.click();
  await dialer.expectIdle();
});

/** Unreadable, of unknown methods, and INVITEs, from an address that no gateway has: on Linux all of 127/8 is this machine. */
async function beginFlood(bridgeSipPort: number): Promise<{ end(): void }> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.2');
  await once(socket, 'listening');
  const { port } = socket.address();
  let sent = 0;
  const beganAt = performance.now();
  const timer = setInterval(() => {
    for (const due = ((performance.now() - beganAt) / 1000) * perSecond; sent < due; sent += 1) {
      const id = `junk${sent}`;
      const text = ['INVITE', 'NONSENSE', 'OPTIONS'].map((method) => sipRequest(method, { port, id }))[sent % 4];
      socket.send(text ?? 'what is this\r\n\r\n', bridgeSipPort, '127.0.0.1');
    }
  }, tickMs);
  return {
    end: () => {
      clearInterval(timer);
      socket.close();
    },
  };
}
