import { setTimeout as delay } from 'node:timers/promises';
import { BenchPage } from './BenchPage.ts';
import { type BenchSetting, instantNumber } from './BenchSetting.ts';
import { cpuMs, type Memory, memory } from './processUsage.ts';
import { slope } from './statistics.ts';

export interface SlopeFigures {
  readonly cpuMsPerCallSecond: number;
  /** By the part that has it: the bridge's own process, and the media workers. */
  readonly cpuMsOfBridgeProcess: number;
  readonly cpuMsOfWorkers: number;
  readonly rssKiBPerCall: number;
  readonly pssKiBPerCall: number;
  readonly pssKiBPerCallInWorkers: number;
  /** All processes of the bridge: freshly started, after the warm-up with no call up, and with the most calls up. */
  readonly pssMiB: { readonly fresh: number; readonly warm: number; readonly full: number };
}

interface Point {
  readonly calls: number;
  readonly bridgeCpu: number;
  readonly workersCpu: number;
  readonly total: Memory;
  readonly workers: Memory;
}

export const mostCalls = 25;
const levels = [1, 10, mostCalls];
/**
 * A cold process grows with its first calls whatever they hold: compiled code, and V8's heap up to its steady size. These
 * calls come one after another, so that no memory is left over from them that many calls at once would then fill unseen.
 */
export const warmUpCalls = 150;
const settleMs = 2_000;

/** Holds 1, 10 and 25 calls with audio both ways, in a process that has had calls before, and looks what each costs. */
export async function measureSlopes(setting: BenchSetting, windowMs: number): Promise<SlopeFigures> {
  const page = await BenchPage.open(setting.browser, setting.bridge.url);
  const pssMiB = async () => (await memory(await setting.bridge.pids())).pssKiB / 1024;
  const fresh = await pssMiB();
  for (let call = 0; call < warmUpCalls; call += 1) await page.hangUp((await page.dial(instantNumber)).callId);
  await delay(settleMs);
  const warm = await pssMiB();
  const points: Point[] = [];
  let calls = 0;
  for (const level of levels) {
    for (; calls < level; calls += 1) await page.dial(instantNumber);
    await delay(settleMs);
    points.push(await look(setting, level, windowMs));
  }
  const full = await pssMiB();
  await page.hangUpAll();
  await page.close();
  const rise = (read: (point: Point) => number) => slope(points.map((point) => ({ x: point.calls, y: read(point) })));
  return {
    cpuMsPerCallSecond: rise(({ bridgeCpu, workersCpu }) => bridgeCpu + workersCpu),
    cpuMsOfBridgeProcess: rise(({ bridgeCpu }) => bridgeCpu),
    cpuMsOfWorkers: rise(({ workersCpu }) => workersCpu),
    rssKiBPerCall: rise(({ total }) => total.rssKiB),
    pssKiBPerCall: rise(({ total }) => total.pssKiB),
    pssKiBPerCallInWorkers: rise(({ workers }) => workers.pssKiB),
    pssMiB: { fresh, warm, full },
  };
}

async function look({ bridge }: BenchSetting, calls: number, windowMs: number): Promise<Point> {
  const pids = await bridge.pids();
  const workerPids = pids.filter((pid) => pid !== bridge.pid);
  const [bridgeBefore, workersBefore] = [await cpuMs([bridge.pid]), await cpuMs(workerPids)];
  const start = performance.now();
  await delay(windowMs);
  const seconds = (performance.now() - start) / 1000;
  const [bridgeAfter, workersAfter] = [await cpuMs([bridge.pid]), await cpuMs(workerPids)];
  return {
    calls,
    bridgeCpu: (bridgeAfter - bridgeBefore) / seconds,
    workersCpu: (workersAfter - workersBefore) / seconds,
    total: await memory(pids),
    workers: await memory(workerPids),
  };
}
