import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../set-up/runCommand.mjs';
import { prepareSource } from './prepareSource.mjs';

/** Optimised, without assertions, and with the bandwidth estimator that needs neither abseil nor libwebrtc. */
const mesonOptions = ['--buildtype=release', '-Db_ndebug=true', '-Dms_use_builtin_bwe=true', '--wrap-mode=nodownload'];

/**
 * Builds the mediasoup worker from the npm package's source and the system's libraries.
 *
 * @param {{ packageFolder: string, workFolder: string, logFile: string, report: (detail: string) => void }} options
 *   `workFolder` must exist and be empty; everything is made inside
 * @returns {Promise<string>} the path of the worker
 */
export async function buildWorker({ packageFolder, workFolder, logFile, report }) {
  const source = join(workFolder, 'source');
  const out = join(workFolder, 'out');
  await prepareSource({ packageFolder, target: source });
  const run = async (command, args) => {
    const { code } = await runCommand(command, args, {
      logFile,
      onLine: (line) => {
        const detail = condenseNinjaLine(line);
        if (detail) report(detail);
      },
    });
    if (code !== 0) throw new Error(`${command} ended with exit code ${code}`);
  };
  await run('meson', ['setup', ...mesonOptions, out, source]);
  await run('ninja', ['-C', out, '-j', String(availableParallelism()), 'mediasoup-worker']);
  return join(out, 'mediasoup-worker');
}

/** `[12/213] Compiling C++ object ...` -> `12 of 213 files`. Undefined for every other line. */
export function condenseNinjaLine(line) {
  const [, done, total] = /^\[(\d+)\/(\d+)\] /.exec(line) ?? [];
  return done === undefined ? undefined : `${done} of ${total} files`;
}
