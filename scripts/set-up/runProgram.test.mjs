import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';

const module = new URL('./runProgram.mjs', import.meta.url).href;
let parent;
afterEach(() => parent?.kill('SIGKILL'));

/** A process that runs `program` (JavaScript) by `runProgram` and ends with the code that it gave. */
function start(program) {
  const code = `
    import { runProgram } from '${module}';
    process.exitCode = await runProgram(process.execPath, ['-e', ${JSON.stringify(program)}], process.env);
  `;
  parent = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = [];
  createInterface({ input: parent.stdout }).on('line', (line) => lines.push(line));
  return { lines, ended: once(parent, 'close').then(([exitCode]) => exitCode) };
}

it('ends with the exit code of the program', async () => {
  expect(await start('process.exitCode = 42').ended).toBe(42);
});

it('ends with 128 + the signal that ended the program', async () => {
  expect(await start('process.kill(process.pid, "SIGKILL")').ended).toBe(137);
});

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('passes %s on and waits until the program has ended', async (signal) => {
  const { lines, ended } = start(`
    const alive = setInterval(() => {}, 1000);
    process.on('${signal}', () => {
      clearInterval(alive);
      console.log('closed');
      process.exitCode = 7;
    });
    console.log('ready');
  `);
  await once(parent.stdout, 'data');
  parent.kill(signal);
  expect(await ended).toBe(7);
  expect(lines).toEqual(['ready', 'closed']);
});
