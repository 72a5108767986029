import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './places.mjs';

/**
 * Runs one of the project's programs in our place: it has our standard streams, gets the signals that we get, and its
 * exit code is the result (128 + the signal's number when a signal ended it).
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
export async function runProgram(command, args, env) {
  const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    const handler = () => {
      // A terminal's Ctrl-C reaches the child by itself; a second one might mean "at once" to it.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on(signal, handler);
    return [signal, handler];
  });
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal ?? ''] ?? 0)));
    });
  } finally {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  }
}
