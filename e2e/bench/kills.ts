import { randomFrom } from '../fixtures/randomFrom.ts';
import { KilledBridge, type Moment } from '../kills/KilledBridge.ts';

/**
 * `npm run bench -- kills`, second part: a whole bridge under calls is killed 200 times at a random moment and started again, and what it
 * then has of calls and for webhooks is compared with what people were told. `--quick`: 20 times.
 */
const kills = process.argv.includes('--quick') ? 20 : 200;
const random = randomFrom(Date.now());

const setting = await KilledBridge.start(random);
const sum = { acknowledged: 0, interrupted: 0, endedInVain: 0, tooYoung: 0 };
const events: string[] = [];
const wrongs: string[] = [];
let oldestMs = 0;
try {
  for (let count = 1; count <= kills; count += 1) {
    const found = await setting.killAt(moment());
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += found[key];
    oldestMs = Math.max(oldestMs, found.oldestOfThemMs);
    events.push(...found.events);
    wrongs.push(...found.wrongs.map((wrong) => `kill ${count}: ${wrong}`));
    if (count % 20 === 0)
      process.stderr.write(`${count} of ${kills} kills, ${sum.acknowledged} records acknowledged\n`);
  }
  wrongs.push(...(await setting.neverReceived(events)).map((id) => `${id} never reached the receiver`));
} finally {
  await setting.close();
}
process.stdout.write(
  `${kills} kills (SIGKILL) of a whole bridge under calls, each at a random moment: ${sum.acknowledged} records were acknowledged; ` +
    `${sum.interrupted} calls were up and are closed as interrupted, ${sum.endedInVain} of them had just ended; ` +
    `${sum.tooYoung} had just been asked for (the first ${Math.round(oldestMs)} ms before) and have no record; ${events.length} events were kept and reached the receiver of webhooks; ` +
    `${wrongs.length} are missing, doubled, open or otherwise wrong.\n`,
);
for (const wrong of wrongs) process.stdout.write(`  ${wrong}\n`);
process.exitCode = wrongs.length === 0 ? 0 : 1;

/** Within a second and a half of calls; each fifth time another one while the bridge starts. */
function moment(): Moment {
  if (random() < 0.2) return { afterMs: random() * 1500, of: 'start' };
  return { afterMs: random() * 1500, of: 'calls' };
}
