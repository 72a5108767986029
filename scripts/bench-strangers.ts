/**
 * `npm run bench -- strangers`: what 2,000 junk requests a second cost the thread that signals: read to the end, as they are from a
 * gateway's own address, and sent away unread, as they are from everywhere else. `--quick` looks briefly.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../bridge/observability/index.ts';
import { createJsSipStack, type SipStack } from '../bridge/sip-stack/index.ts';

const seconds = process.argv.includes('--quick') ? 3 : 10;
const perSecond = 2000;
const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
const gatewayHost = '127.0.0.1';
const strangerHost = '127.0.0.2';

/** Milliseconds of CPU per second of this thread while it goes on, and how many messages came. */
async function measure(stack: SipStack, from: string, kind: string): Promise<{ cpuMs: number; messages: number }> {
  const port = stack.listeners[0]?.port ?? 0;
  const args = [port, from, perSecond, seconds, kind].map(String);
  const flood = spawn(
    process.execPath,
    [fileURLToPath(new URL('bench-strangers/flood.ts', import.meta.url)), ...args],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const before = stack.counters().messagesIn;
  const ended = once(flood, 'exit');
  while (stack.counters().messagesIn === before && flood.exitCode === null) await setTimeout(5);
  const cpuBefore = process.threadCpuUsage();
  const beganAt = performance.now();
  await ended;
  const { user, system } = process.threadCpuUsage(cpuBefore);
  const lastedSeconds = (performance.now() - beganAt) / 1000;
  return { cpuMs: (user + system) / 1000 / lastedSeconds, messages: stack.counters().messagesIn - before };
}

async function openStack(strangers: 'drop' | 'refuse'): Promise<SipStack> {
  const stack = await createJsSipStack(
    { clock: systemClock, logger: silent, randomBytes, lookup },
    { listen: [{ transport: 'udp', host: '127.0.0.1', port: 0 }], userAgent: 'bench', strangers },
  );
  const address = { host: gatewayHost, port: 5999, transport: 'udp' } as const;
  const peer = { id: 'gateway', addresses: [address], domain: gatewayHost, incoming: { addresses: [] } };
  stack.setPeers([peer]);
  await stack.locate(peer);
  return stack;
}

process.stdout.write(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}\n\n`);
process.stdout.write(
  `${perSecond} messages a second for ${seconds} s: ms of CPU per second of the signalling thread\n\n`,
);
process.stdout.write(
  '| messages | read to the end | sent away, drop | sent away, refuse |\n| --- | --- | --- | --- |\n',
);
for (const kind of ['unreadable', 'unknownMethods', 'invites']) {
  const cells: string[] = [];
  for (const [strangers, from] of [
    ['drop', gatewayHost],
    ['drop', strangerHost],
    ['refuse', strangerHost],
  ] as const) {
    const stack = await openStack(strangers);
    const { cpuMs, messages } = await measure(stack, from, kind);
    await stack.close();
    const lost = perSecond * seconds - messages;
    cells.push(`${cpuMs.toFixed(0)}${lost > perSecond * seconds * 0.01 ? ` (${lost} lost)` : ''}`);
  }
  process.stdout.write(`| ${kind} | ${cells.join(' | ')} |\n`);
}
