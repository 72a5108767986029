import { expect, type Page } from '@playwright/test';
import { type FaultWithTest, faultsWithTest } from '../../faults/faultTable.ts';
import type { Bridge } from '../../fixtures/Bridge.ts';
import { scripted, telephone, withNetwork } from '../../fixtures/index.ts';
import { killMediaWorker } from '../../fixtures/processFamily.ts';
import type { Dialer } from '../../pages/index.ts';
import { type Baresip, freePort, type Sipp, scenarios } from '../../sip-peer/index.ts';

const toneHz = 1000;
const phone = telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz });
const test = withNetwork(
  {
    telephone: phone,
    hangs: phone,
    dies: telephone({ transport: 'tcp', codec: 'PCMU', answerMode: 'auto', toneHz }),
    ignoresBye: scripted({ scenario: scenarios.ignoresBye }),
    // It has the call, and answers when it is asked.
    silent: scripted({ scenario: scenarios.canBeHeld }),
  },
  {
    // A port that stays: the page must find the bridge again where it was.
    http: { host: '127.0.0.1', port: await freePort() },
    calls: { reconnectWindowMs: 5000, deadCallMs: 3000 },
  },
);

interface Scene {
  readonly bridge: Bridge;
  readonly dialer: Dialer;
  readonly page: Page;
  readonly network: Record<'telephone' | 'hangs' | 'dies', { number: string; peer: Baresip }> & {
    readonly ignoresBye: { number: string; peer: Sipp };
    readonly silent: { number: string; peer: Sipp };
  };
}

/** What the records say, as the bridge logs it: `clientLost`, and of an end its outcome and error. From `from` on. */
function recorded(bridge: Bridge, from: number): string[] {
  return bridge
    .log()
    .slice(from)
    .split('\n')
    .flatMap((line) => {
      const event = /"msg":"Call event: (\w+)"/.exec(line)?.[1];
      if (event) return [event];
      if (!line.includes('"msg":"Call ended"')) return [];
      const { outcome, errorCode, disconnectedBy } = JSON.parse(line) as Record<string, string | null>;
      return [`ended: ${outcome} ${errorCode ?? `by the ${disconnectedBy}`}`];
    });
}

/** The events came in this order, whatever came between them. */
async function expectRecord({ bridge }: Scene, from: number, ...wanted: string[]): Promise<void> {
  const inOrder = () => recorded(bridge, from).reduce((next, one) => (one === wanted[next] ? next + 1 : next), 0);
  await expect.poll(inOrder, { message: `the record to say ${wanted.join(', ')}` }).toBe(wanted.length);
}

async function talk(dialer: Dialer, number: string): Promise<void> {
  await dialer.dial(number);
  await dialer.expectToHear(toneHz);
}

/** The call goes on: the far end has had one and the same all the time. */
async function expectSameCall({ dialer, network }: Scene, mark: number): Promise<void> {
  await dialer.expectToHear(toneHz);
  expect(network.telephone.peer.hasClosed(mark)).toBe(false);
  await dialer.hangUp.click();
  await network.telephone.peer.waitForClosed(mark);
}

/** Both signs of a gateway that is there no longer. */
async function expectGatewayLost(scene: Scene, from: number): Promise<void> {
  await expect(scene.dialer.status).toContainText('The connection to the other side was lost.', { timeout: 60_000 });
  await expectRecord(scene, from, 'audioStopped', 'ended: answered gatewayLost');
}

/** Before the call; what it resolves with takes the microphone out of the audio connection, once that is up, and leaves the connection. */
async function microphoneOf(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const accept = RTCPeerConnection.prototype.setRemoteDescription;
    RTCPeerConnection.prototype.setRemoteDescription = async function (
      this: RTCPeerConnection,
      ...args: Parameters<typeof accept>
    ) {
      (window as unknown as { connection: RTCPeerConnection }).connection = this;
      await accept.apply(this, args);
    } as typeof accept;
  });
  return async () => {
    // The microphone may come after everything else.
    await page.waitForFunction(() => {
      const { connection } = window as unknown as { connection?: RTCPeerConnection };
      return (
        connection?.connectionState === 'connected' && connection.getSenders().every(({ track }) => track !== null)
      );
    });
    await page.evaluate(async () => {
      const { connection } = window as unknown as { connection: RTCPeerConnection };
      for (const sender of connection.getSenders()) await sender.replaceTrack(null);
    });
  };
}

const runs: Record<FaultWithTest, (scene: Scene, from: number) => Promise<void>> = {
  socketLost: async (scene, from) => {
    const { dialer, network, page } = scene;
    const mark = network.telephone.peer.mark();
    await talk(dialer, network.telephone.number);
    await page.context().setOffline(true);
    const notice = page.getByText('Reconnecting, the other side is still there');
    await expect(notice).toBeVisible();
    await page.context().setOffline(false);
    await expect(notice).toBeHidden();
    await expectSameCall(scene, mark);
    await expectRecord(scene, from, 'clientLost', 'clientAttached', 'ended: answered by the caller');
  },
  tabReloaded: async (scene, from) => {
    const { dialer, network, page } = scene;
    const mark = network.telephone.peer.mark();
    await talk(dialer, network.telephone.number);
    await page.reload();
    await expectSameCall(scene, mark);
    const wanted = ['clientLost', 'clientAttached', 'browserReoffered', 'ended: answered by the caller'];
    await expectRecord(scene, from, ...wanted);
  },
  workerKilled: async (scene, from) => {
    const { bridge, dialer, network } = scene;
    const mark = network.telephone.peer.mark();
    await talk(dialer, network.telephone.number);
    await killMediaWorker(bridge.pid);
    await bridge.waitForLine(/Call event: browserReoffered/);
    await expectSameCall(scene, mark);
    await expectRecord(scene, from, 'mediaWorkerLost', 'browserReoffered', 'ended: answered by the caller');
  },
  windowPassed: async (scene, from) => {
    const { dialer, network, page } = scene;
    const mark = network.telephone.peer.mark();
    await talk(dialer, network.telephone.number);
    await page.close();
    await network.telephone.peer.waitForClosed(mark);
    await expectRecord(scene, from, 'clientLost', 'ended: answered clientLost');
  },
  gatewaySilent: async (scene, from) => {
    const { hangs } = scene.network;
    await talk(scene.dialer, hangs.number);
    hangs.peer.freeze();
    await expectGatewayLost(scene, from);
  },
  gatewayKilled: async (scene, from) => {
    const { dies } = scene.network;
    await talk(scene.dialer, dies.number);
    await dies.peer.close();
    await expectGatewayLost(scene, from);
  },
  byeUnanswered: async (scene, from) => {
    const { dialer, network } = scene;
    await talk(dialer, network.ignoresBye.number);
    await dialer.hangUp.click();
    await dialer.expectIdle();
    await network.ignoresBye.peer.waitForRequest('BYE');
    await expectRecord(scene, from, 'ended: answered by the caller');
  },
  bothSilent: async (scene, from) => {
    const { dialer, network, page } = scene;
    const cutOff = await microphoneOf(page);
    await dialer.dial(network.silent.number);
    await expect(dialer.hold).toBeVisible();
    await cutOff();
    await expect(dialer.status).toContainText('The audio connection was lost.', { timeout: 20_000 });
    await network.silent.peer.waitForRequest('BYE');
    await expectRecord(scene, from, 'audioStopped', 'audioStopped', 'ended: answered mediaLost');
  },
};

for (const { id, fault } of faultsWithTest) {
  test(`${id}: ${fault}`, async ({ bridge, dialer, network, page }) => {
    test.setTimeout(120_000);
    await runs[id]({ bridge, dialer, network, page }, bridge.log().length);
  });
}
