/** `npm run set-up`: what `npm start` and `npm test` do first, by itself. `--no-tests` leaves the tests' tools out. */
import { explainFailure, setUp } from './set-up/setUp.mjs';

try {
  const env = await setUp({ withTestTools: !process.argv.includes('--no-tests') });
  process.stdout.write(`MEDIASOUP_WORKER_BIN=${env.MEDIASOUP_WORKER_BIN}\n`);
} catch (error) {
  explainFailure(error);
  process.exitCode = 1;
}
