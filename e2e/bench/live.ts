import type { CDPSession } from '@playwright/test';
import { Bridge, bridgeConfig, launchBrowser, operator } from '../fixtures/index.ts';
import { openAdmin } from '../pages/index.ts';
import { SimulatedCalls } from './live/SimulatedCalls.ts';

/** `npm run bench -- live`: how fluent the operator's live page is with 2,000 calls, 50 of which change each second. `--quick` looks briefly. */
const seconds = process.argv.includes('--quick') ? 5 : 30;
const simulated = new SimulatedCalls({ calls: 2000, changesPerSecond: 50 });

interface Frames {
  readonly times: readonly number[];
  /** Milliseconds in which the page did nothing else for more than 50. */
  readonly longTasks: readonly number[];
}

const bridge = await Bridge.start(bridgeConfig([]));
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.route('**/api/v1/admin/live/calls*', (route) =>
    route.fulfill({ json: simulated.answer(new URL(route.request().url()).searchParams.get('cursor')) }),
  );
  await page.route('**/api/v1/admin/live/figures', (route) => route.fulfill({ json: simulated.figures() }));
  const admin = await openAdmin(page, bridge.url, operator);
  await admin.goTo('Live');
  const table = page.getByRole('grid', { name: 'Calls that are up' });
  await table.getByRole('row').nth(5).waitFor();
  const processor = await page.context().newCDPSession(page);
  await processor.send('Performance.enable', { timeDomain: 'threadTicks' });
  const report = async (what: string, meanwhile: () => Promise<void> = async () => {}) => {
    const before = await busySeconds(processor);
    const watched = page.evaluate(watchFrames, seconds * 1000);
    await meanwhile();
    const { times, longTasks } = await watched;
    const busy = (((await busySeconds(processor)) - before) / seconds) * 1000;
    const sorted = times.toSorted((one, other) => one - other);
    const at = (share: number) =>
      (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
    const rate = (times.length / seconds).toFixed(0);
    const longest =
      longTasks.length === 0 ? 'none' : `${longTasks.length}, ${Math.max(...longTasks).toFixed(0)} ms the longest`;
    process.stdout.write(
      `| ${what} | ${rate} | ${at(0.5)} ms | ${at(0.95)} ms | ${at(0.99)} ms | ${at(1)} ms | ${longest} | ${busy.toFixed(0)} ms |\n`,
    );
  };
  process.stdout.write(`The live page in Chromium, 2,000 calls, 50 changes a second, ${seconds} s each:

| | frames per second | median | 95 % | 99 % | longest | tasks over 50 ms | CPU of the page's thread, per second |
| --- | ---: | ---: | ---: | ---: | ---: | --- | ---: |
`);
  await report('looking on');
  await report('scrolling through all calls', async () => {
    await table.hover();
    const until = Date.now() + seconds * 900;
    for (let down = true; Date.now() < until; down = !down)
      for (let step = 0; step < 25 && Date.now() < until; step += 1) await page.mouse.wheel(0, down ? 600 : -600);
  });
  const search = page.getByRole('searchbox');
  await report('searching', async () => {
    const until = Date.now() + seconds * 900;
    while (Date.now() < until) {
      await search.pressSequentially('person12', { delay: 120 });
      await search.fill('');
    }
  });
} finally {
  await browser.close();
  await bridge.close();
}

/** Of the page's main thread, whatever else the machine does. */
async function busySeconds(processor: CDPSession): Promise<number> {
  const { metrics } = await processor.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

/** In the page. */
function watchFrames(durationMs: number): Promise<Frames> {
  return new Promise((resolve) => {
    const times: number[] = [];
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    const start = performance.now();
    let last = start;
    const frame = (now: number) => {
      times.push(now - last);
      last = now;
      if (now - start < durationMs) requestAnimationFrame(frame);
      else {
        observer.disconnect();
        resolve({ times: times.slice(1), longTasks });
      }
    };
    requestAnimationFrame(frame);
  });
}
