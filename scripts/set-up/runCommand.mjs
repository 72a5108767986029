import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';

/** What is running now, so that ending set-up ends it too. */
const running = new Set();

/**
 * Runs a command to its end and resolves with its exit code (128 + the signal's number when a signal ended it) and what
 * it printed. Never rejects for a command that failed, only for one that can't be started.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, logFile?: string,
 *           show?: boolean, timeoutMs?: number }} [options] `show`: let it print on our standard error as it likes
 *   instead of collecting what it prints; `logFile`: append what it prints there
 * @returns {Promise<{ code: number, output: string, isTimedOut: boolean }>} `output`: its last lines (both streams)
 */
export async function runCommand(command, args, options = {}) {
  const { cwd, env, onLine, logFile, show = false, timeoutMs } = options;
  // A group of its own: a build tool's children end with it. Not for one that may read the terminal's keys.
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: show ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
    detached: !show,
  });
  const entry = { child, isGroup: !show };
  running.add(entry);
  const log = logFile ? createWriteStream(logFile, { flags: 'a' }) : undefined;
  const lines = [];
  const readers = [child.stdout, child.stderr].filter(Boolean).map((stream) => {
    const reader = createInterface({ input: stream });
    reader.on('line', (line) => {
      lines.push(line);
      if (lines.length > 400) lines.splice(0, 200);
      log?.write(`${line}\n`);
      onLine?.(line);
    });
    return new Promise((resolve) => reader.once('close', resolve));
  });
  let isTimedOut = false;
  const timer = timeoutMs
    ? setTimeout(() => {
        isTimedOut = true;
        end(entry, 'SIGKILL');
      }, timeoutMs)
    : undefined;
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (exitCode, signal) => resolve(exitCode ?? 128 + (constants.signals[signal ?? ''] ?? 0)));
    });
    await Promise.all(readers);
    return { code, output: lines.join('\n'), isTimedOut };
  } finally {
    clearTimeout(timer);
    running.delete(entry);
    log?.end();
  }
}

/** Whether a command of that name can be found and answers to `args` with exit code 0. */
export async function canRun(command, args = ['--version'], env = process.env) {
  try {
    return (await runCommand(command, args, { env })).code === 0;
  } catch {
    return false;
  }
}

/** Makes SIGINT, SIGTERM and SIGHUP end what set-up started and then set-up itself. Returns a function that undoes it. */
export function endChildrenOnSignals() {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    const handler = () => {
      for (const entry of running) end(entry, 'SIGTERM');
      process.exit(128 + (constants.signals[signal] ?? 0));
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  return () => {
    for (const undo of handlers) undo();
  };
}

function end({ child, isGroup }, signal) {
  try {
    if (isGroup && child.pid) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It has ended by itself meanwhile.
  }
}
