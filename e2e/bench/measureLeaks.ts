import { isDeepStrictEqual } from 'node:util';
import type { Holdings } from '../fixtures/Holdings.ts';
import { alice } from '../fixtures/index.ts';
import { openSession, ProtocolClient } from '../fixtures/ProtocolClient.ts';
import { reachableHeapBytes } from '../fixtures/reachableHeapBytes.ts';
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
  /** What is reachable in the bridge's own process, by the second half of the calls alone. */
  readonly heapBytesPerCall: number;
}

/** SIP remembers transactions over UDP for 32 s; the rest is reserve for a probe that comes in between. */
const drainMs = 60_000;

/** Makes so many calls, and once more as many: the first warm everything up, and the second show what stays of each. */
export async function measureLeaks(setting: BenchSetting, calls: number): Promise<LeakFigures> {
  const session = await openSession(setting.bridge.url, alice);
  // One connection may send 50 messages a second, two of which make a call: they take turns.
  const clients = await Promise.all(Array.from({ length: 8 }, () => ProtocolClient.join(session)));
  const makeCalls = async (count: number) => {
    for (let call = 0; call < count; call += clients.length) {
      for (const client of clients) if (!(await makeCall(client))) throw new Error('a call failed');
    }
  };
  await makeCalls(calls);
  const before = await atRest(setting);
  const memoryBefore = await memory(await setting.bridge.pids());
  const heapBefore = await reachableHeapBytes(setting.bridge);
  await makeCalls(calls);
  const after = await atRest(setting);
  const memoryAfter = await memory(await setting.bridge.pids());
  const heapMore = (await reachableHeapBytes(setting.bridge)) - heapBefore;
  for (const client of clients) client.close();
  return {
    stillHeld: isDeepStrictEqual(after.own, before.own)
      ? ''
      : `${JSON.stringify(before.own)} became ${JSON.stringify(after.own)}`,
    udpSocketsMore: after.udpSockets - before.udpSockets,
    openFilesMore: after.openFiles - before.openFiles,
    pssKiBMore: memoryAfter.pssKiB - memoryBefore.pssKiB,
    heapBytesPerCall: heapMore / calls,
  };
}

/** Holdings once no call and no SIP transaction is left, or as they are when that takes too long. */
async function atRest({ holdings }: BenchSetting): Promise<Holdings> {
  const isAtRest = ({ own: { calls, sip } }: Holdings) =>
    calls === 0 && sip.clientTransactions === 0 && sip.serverTransactions === 0 && sip.timers === 0;
  const look = async () => {
    const now = await holdings.read();
    return isAtRest(now) ? now : null;
  };
  return waitUntil('the bridge to come to rest', look, drainMs).catch(() => holdings.read());
}
