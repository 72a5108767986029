/** `npm run check`: every check that needs no running code. Exits non-zero when one fails. Wants an installed checkout. */
import { runChecks } from './test-run/runChecks.mjs';

const { failed } = await runChecks();
process.exitCode = failed > 0 ? 1 : 0;
