// Child of sqlite.kill.test.ts: lets calls of a second each end for as long as it lives, and says on standard output which ends
// were acknowledged. It kills itself with the last of so many.
import { createLogger, systemClock } from '../../observability/index.ts';
import { claim, noon, request, talk } from '../contracts/usageFixtures.ts';
import { DatabaseThread, SqliteUsageStore } from './index.ts';
import { sayAtOnce } from './sayAtOnce.ts';

const [path = '', run = '', lastEnd = ''] = process.argv.slice(2);
const usage = await SqliteUsageStore.create({
  thread: await DatabaseThread.start({ path }),
  // The calls are of the day of the fixtures.
  clock: { ...systemClock, now: () => noon },
  logger: createLogger({ level: 'warn' }),
});
let said = 0;

async function makeCalls(lane: number): Promise<never> {
  for (let count = 0; ; count += 1) {
    const claims = [claim({}, { meterId: `lane ${lane}` }), claim({}, { meterId: 'all lanes' })];
    const callId = await talk(usage, request(`${run}-${lane}-${count}`, claims));
    await usage.ended(callId, noon + 1000);
    sayAtOnce(`${lane}`);
    said += 1;
    if (said === Number(lastEnd)) process.kill(process.pid, 'SIGKILL');
  }
}

await Promise.all([0, 1, 2, 3].map(makeCalls));
