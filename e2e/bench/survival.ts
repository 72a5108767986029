import { BenchSetting } from './BenchSetting.ts';
import { median } from './statistics.ts';
import { measureSurvival } from './survival/measureSurvival.ts';

/** `npm run bench -- survival`: how soon there is audio both ways again after what a call outlives. `--quick` looks briefly. */
const runs = process.argv.includes('--quick') ? 3 : 15;

const setting = await BenchSetting.create();
try {
  const { reloadMs, workerMs, moveMs } = await measureSurvival(setting, runs);
  const row = (what: string, times: readonly number[], wanted: number) =>
    `| ${what} | ${Math.round(median(times))} ms | ${Math.max(...times)} ms | ${wanted} ms |`;
  process.stdout.write(`Audio both ways again, ${runs} times each, by the dialer in Chromium:

| what | median | longest | wanted |
| --- | ---: | ---: | ---: |
${row('the page is reloaded', reloadMs, 2_000)}
${row('the media worker is killed', workerMs, 1_500)}
${row('“Take this call here” on another device', moveMs, 2_000)}
`);
} finally {
  await setting.close();
}
