import { randomUUID } from 'node:crypto';
import { browserOffer } from '../fixtures/browserOffer.ts';
import { alice } from '../fixtures/index.ts';
import { openSession, ProtocolClient } from '../fixtures/ProtocolClient.ts';
import { BenchPage } from './BenchPage.ts';
import { type BenchSetting, instantNumber } from './BenchSetting.ts';
import { cpuMs } from './processUsage.ts';

export interface RateFigures {
  /** Calls that were dialled, established, hung up and ended, without the browser's ICE and DTLS. */
  readonly callsPerSecond: number;
  readonly cpuMsPerCall: number;
  readonly failed: number;
}

/** Keeps `concurrency` calls in the making for `durationMs`. */
export async function measureRate(
  setting: BenchSetting,
  { concurrency, durationMs }: { concurrency: number; durationMs: number },
): Promise<RateFigures> {
  const session = await openSession(setting.bridge.url, alice);
  // One connection may send 50 messages a second: each worker has one of its own.
  const clients = await Promise.all(Array.from({ length: concurrency }, () => ProtocolClient.join(session)));
  let [completed, failed] = [0, 0];
  const cpuBefore = await cpuMs(await setting.bridge.pids());
  const start = performance.now();
  const work = async (client: ProtocolClient) => {
    while (performance.now() - start < durationMs) {
      if (await makeCall(client)) completed += 1;
      else failed += 1;
    }
  };
  await Promise.all(clients.map(work));
  const seconds = (performance.now() - start) / 1000;
  const spent = (await cpuMs(await setting.bridge.pids())) - cpuBefore;
  for (const client of clients) client.close();
  return { callsPerSecond: completed / seconds, cpuMsPerCall: spent / (completed + failed), failed };
}

/** Dials, waits until it is established, hangs up, waits for the end. Says whether all of it went well. */
export async function makeCall(client: ProtocolClient): Promise<boolean> {
  const callId = randomUUID();
  const offer = browserOffer(Math.floor(Math.random() * 0xffffffff));
  const answer = await client.request('call:dial', { callId, destination: instantNumber, offer });
  if (!answer.ok) return false;
  const status = await client.waitForStatus(callId, ({ state }) => state === 'established' || state === 'ended');
  if (status.state === 'ended') return false;
  await client.request('call:hangUp', { callId });
  await client.waitForStatus(callId, ({ state }) => state === 'ended');
  client.statuses.delete(callId);
  return true;
}

/** CPU of the bridge per call of a real browser that is hung up as soon as audio came: ICE and DTLS included. */
export async function measureSetUpCost(setting: BenchSetting, calls: number): Promise<number> {
  const page = await BenchPage.open(setting.browser, setting.bridge.url);
  await page.hangUp((await page.dial(instantNumber)).callId);
  const pids = await setting.bridge.pids();
  const before = await cpuMs(pids);
  for (let call = 0; call < calls; call += 1) await page.hangUp((await page.dial(instantNumber)).callId);
  const spent = (await cpuMs(pids)) - before;
  await page.close();
  return spent / calls;
}
