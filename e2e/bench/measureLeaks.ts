import { isDeepStrictEqual } from 'node:util';
import type { Holdings } from '../fixtures/Holdings.ts';
import { alice } from '../fixtures/index.ts';
import { openSession, ProtocolClient } from '../fixtures/ProtocolClient.ts';
import { reachableHeapBytes } from '../fixtures/reachableHeapBytes.ts';
import { waitUntil } from '../sip-peer/index.ts';
import type { BenchSetting } from './BenchSetting.ts';
import { makeCall } from './measureRate.ts';
import { memory } from './processUsage.ts';

/** What a bridge has at rest after so many calls in all. */
export interface LeakStep {
  readonly calls: number;
  /** Empty when everything that the bridge says it holds is as it was after the first step. */
  readonly stillHeld: string;
  readonly udpSockets: number;
  readonly openFiles: number;
  /** What can't be collected in the bridge's own process. */
  readonly heapBytes: number;
  readonly pssKiB: number;
}

/** SIP remembers transactions over UDP for 32 s; the rest is reserve for a probe that comes in between. */
const drainMs = 60_000;

/** Makes calls, and comes to rest after each of these totals. The first warm everything up. */
export async function measureLeaks(setting: BenchSetting, totals: readonly number[]): Promise<LeakStep[]> {
  const session = await openSession(setting.bridge.url, alice);
  // One connection may send 50 messages a second, two of which make a call: they take turns.
  const clients = await Promise.all(Array.from({ length: 8 }, () => ProtocolClient.join(session)));
  const steps: LeakStep[] = [];
  let [made, first]: [number, Holdings | null] = [0, null];
  for (const calls of totals) {
    for (; made < calls; made += clients.length) {
      for (const client of clients) if (!(await makeCall(client))) throw new Error('a call failed');
    }
    const { own, udpSockets, openFiles } = await atRest(setting);
    first ??= { own, udpSockets, openFiles };
    const stillHeld = isDeepStrictEqual(own, first.own)
      ? ''
      : `${JSON.stringify(first.own)} became ${JSON.stringify(own)}`;
    const heapBytes = await reachableHeapBytes(setting.bridge);
    const { pssKiB } = await memory(await setting.bridge.pids());
    steps.push({ calls: made, stillHeld, udpSockets, openFiles, heapBytes, pssKiB });
  }
  for (const client of clients) client.close();
  return steps;
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
