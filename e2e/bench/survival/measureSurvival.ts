import { killMediaWorker } from '../../fixtures/processFamily.ts';
import { type BenchSetting, instantNumber } from '../BenchSetting.ts';
import { SurvivalPage } from './SurvivalPage.ts';

export interface SurvivalTimes {
  readonly reloadMs: readonly number[];
  readonly workerMs: readonly number[];
  readonly moveMs: readonly number[];
}

/** One call each that is reloaded, loses its media worker, and goes to and fro between two browsers, again and again. */
export async function measureSurvival({ browser, bridge }: BenchSetting, runs: number): Promise<SurvivalTimes> {
  const [one, other] = [await SurvivalPage.open(browser, bridge.url), await SurvivalPage.open(browser, bridge.url)];
  const sinceMs = Date.now();
  await one.dialer.dial(instantNumber);
  await one.audioSince(sinceMs);
  const again = async (measure: (run: number) => Promise<number>) => {
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) times.push(await measure(run));
    return times;
  };
  const reloadMs = await again(() => one.timeToAudio(() => one.page.reload({ waitUntil: 'commit' })));
  const workerMs = await again(async () => {
    const time = await one.timeToAudio(() => killMediaWorker(bridge.pid));
    // The next kill shall meet a bridge that has a worker again and nothing else to do.
    await one.page.waitForTimeout(500);
    return time;
  });
  const moveMs = await again((run) => {
    const to = run % 2 === 0 ? other : one;
    return to.timeToAudio(() => to.moving.takeHere.click());
  });
  await Promise.all([one.close(), other.close()]);
  return { reloadMs, workerMs, moveMs };
}
