import { isDeepStrictEqual } from 'node:util';
import { alice } from '../fixtures/index.ts';
import { openSession, ProtocolClient } from '../fixtures/ProtocolClient.ts';
import { waitUntil } from '../sip-peer/index.ts';
import type { BenchSetting } from './BenchSetting.ts';
import { makeCall } from './measureRate.ts';
import { memory } from './processUsage.ts';

export interface LeakFigures {
  /** Empty when everything that the bridge says it holds is as it was. */
  readonly stillHeld: string;
  readonly udpSocketsMore: number;
  readonly openFilesMore: number;
  readonly pssKiBMore: number;
}

/** SIP remembers transactions over UDP for 32 s; the rest is reserve. */
const drainMs = 45_000;
const settledMs = 35_000;

export async function measureLeaks(setting: BenchSetting, calls: number): Promise<LeakFigures> {
  const session = await openSession(setting.bridge.url, alice);
  // One connection may send 50 messages a second, two of which make a call: they take turns.
  const clients = await Promise.all(Array.from({ length: 8 }, () => ProtocolClient.join(session)));
  const makeCalls = async (count: number) => {
    for (let call = 0; call < count; call += clients.length) {
      for (const client of clients) if (!(await makeCall(client))) throw new Error('a call failed');
    }
  };
  await makeCalls(24);
  const before = await settled(setting);
  const memoryBefore = await memory(await setting.bridge.pids());
  await makeCalls(calls);
  await waitUntil(
    'the bridge to let go',
    async () => isDeepStrictEqual(await ownHoldings(setting), before.own),
    drainMs,
  ).catch(() => undefined);
  const after = await setting.holdings.read();
  const memoryAfter = await memory(await setting.bridge.pids());
  for (const client of clients) client.close();
  return {
    stillHeld: isDeepStrictEqual(after.own, before.own)
      ? ''
      : `${JSON.stringify(before.own)} became ${JSON.stringify(after.own)}`,
    udpSocketsMore: after.udpSockets - before.udpSockets,
    openFilesMore: after.openFiles - before.openFiles,
    pssKiBMore: memoryAfter.pssKiB - memoryBefore.pssKiB,
  };
}

/** Holdings once earlier calls are forgotten. */
async function settled(setting: BenchSetting) {
  let last = await setting.holdings.read();
  let since = performance.now();
  return waitUntil(
    'the bridge to come to rest',
    async () => {
      const now = await setting.holdings.read();
      if (!isDeepStrictEqual(now.own, last.own)) since = performance.now();
      last = now;
      return performance.now() - since > settledMs ? now : null;
    },
    2 * drainMs,
  );
}

async function ownHoldings(setting: BenchSetting): Promise<unknown> {
  return (await setting.holdings.read()).own;
}
