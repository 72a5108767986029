// Child of sqlite.kill.test.ts: writes calls for as long as it lives, and says on standard output what was acknowledged.
// Given a number of facts, it kills itself with the last of them: no signal from outside comes as soon after the word.
import { closing, event, opening } from '../contracts/callRecordContract.ts';
import { DatabaseThread, SqliteCallRecordStore } from './index.ts';
import { sayAtOnce } from './sayAtOnce.ts';

const [path = '', run = '', lastFact = 'none'] = process.argv.slice(2);
const records = new SqliteCallRecordStore({ thread: await DatabaseThread.start({ path }) });
let said = 0;

function say(fact: string): void {
  sayAtOnce(fact);
  said += 1;
  if (said === Number(lastFact)) process.kill(process.pid, 'SIGKILL');
}

/** One call after the other in each of some lanes; every third is never closed. */
async function writeCalls(lane: number): Promise<never> {
  for (let count = 0; ; count += 1) {
    const name = `${run}-${lane}-${count}`;
    const { callId } = opening(name);
    await records.open(opening(name));
    say(`opened ${name}`);
    await Promise.all(
      ['authorized', 'ringing', 'established'].map(async (type) => {
        await records.appendEvent(event(name, type));
        say(`event ${name} ${type}`);
      }),
    );
    if (count % 3 === 0) continue;
    await records.close(callId, closing);
    say(`closed ${name}`);
  }
}

await Promise.all([0, 1, 2, 3].map(writeCalls));
