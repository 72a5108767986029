/**
 * `npm run bench -- records`: what appending a call record costs at first and after a million, how long questions about them take then, and how
 * much memory all of it and an export need. In one process, by the stores of the bridge. `--quick`: fifty thousand.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCsv } from '../bridge/admin-api/admin/calls/callSheet.ts';
import { CallArchive } from '../bridge/administration/calls/CallArchive.ts';
import { createLogger, systemClock } from '../bridge/observability/index.ts';
import { type CallRecordStore, createStorage } from '../bridge/storage/index.ts';
import type { UserId } from '../shared/domain/index.ts';
import { Dice } from './bench-authorization/inventData.ts';
import { percentile } from './bench-authorization/percentile.ts';
import { append, inventCall } from './bench-records/inventCalls.ts';
import { MemoryWatch } from './bench-records/MemoryWatch.ts';
import { questions } from './bench-records/questions.ts';

const isQuick = process.argv.includes('--quick');
const calls = isQuick ? 50_000 : 1_000_000;
const measured = isQuick ? 200 : 1000;
/** After how many calls appending is measured. */
const milestones = [0, calls / 20, calls / 10, calls / 2, calls - measured];
const asked = isQuick ? 40 : 200;
/** Calls at once while the rest is filled in. */
const lanes = 400;
/** What the issue demands of a question. */
const boundMs = 50;

const dice = new Dice(20_261_123);
const memory = new MemoryWatch();
const dataDir = await mkdtemp(join(tmpdir(), 'dialbridge-records-'));
try {
  const storage = await createStorage({ dataDir, logger: createLogger({ level: 'silent' }) });
  const { callRecords } = storage;
  const atStart = memory.take();
  const appended: string[] = [];
  let [next, filled, fillingMs] = [0, 0, 0];
  for (const from of milestones) {
    const startedAt = performance.now();
    await fill(callRecords, next, from);
    fillingMs += performance.now() - startedAt;
    filled += from - next;
    appended.push(appendRow(from, await appendOneByOne(callRecords, from)));
    next = from + measured;
  }
  const perSecond = (filled / fillingMs) * 1000;
  const whileFilling = memory.take();

  process.stdout.write(`${process.platform}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, load average ${loadavg()[0]?.toFixed(1)}; Node ${process.versions.node}.
${calls} calls with three events each, through a year, of 10,000 persons (one in twenty is a hotline's).

| a call, from its opening until its closing is safe (three transactions) | p50 | p99 | longest | CPU |
| --- | ---: | ---: | ---: | ---: |
${appended.join('\n')}

${lanes} at once, ${perSecond.toFixed(0)} calls a second.

| question (a page of 50) | p50 | p99 | longest | calls on it |
| --- | ---: | ---: | ---: | ---: |
`);
  const slow: string[] = [];
  for (const { what, ask } of await questions(callRecords, dice)) {
    const { times, found } = await time(ask);
    process.stdout.write(`| ${what} | ${figures(times)} | ${found.toFixed(0)} |\n`);
    if (percentile(times, 0.99) >= boundMs) slow.push(what);
  }
  const whileAsking = memory.take();
  const { seconds, bytes } = await exportAll(callRecords);
  const whileExporting = memory.take();
  const { size } = await stat(join(dataDir, 'call-records.sqlite'));
  process.stdout.write(`
Export of all as CSV: ${mib(bytes)} in ${seconds.toFixed(1)} s. The database has ${mib(size)}.
Memory of the process at most (RSS, its 64 MiB of page cache included): ${atStart} MiB before, ${whileFilling} MiB while it was filled, ${whileAsking} MiB while questions were asked, ${whileExporting} MiB during the export.
${slow.length === 0 ? `Every question was answered within ${boundMs} ms (p99).` : `Above ${boundMs} ms (p99): ${slow.join('; ')}.`}
`);
  process.exitCode = slow.length === 0 ? 0 : 1;
  await storage.close();
} finally {
  memory.close();
  await rm(dataDir, { recursive: true, force: true });
}

interface Appended {
  readonly times: readonly number[];
  readonly cpuMs: number;
}

/** As many as are measured, one after another. */
async function appendOneByOne(records: CallRecordStore, from: number): Promise<Appended> {
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let index = from; index < from + measured; index += 1) {
    const call = inventCall(dice, index, calls);
    const startedAt = performance.now();
    await append(records, call);
    times.push(performance.now() - startedAt);
  }
  const { user, system } = process.cpuUsage(before);
  return { times, cpuMs: (user + system) / 1000 / measured };
}

async function fill(records: CallRecordStore, from: number, to: number): Promise<void> {
  let next = from;
  const lane = async () => {
    while (next < to) {
      const index = next;
      next += 1;
      if (index % 100_000 === 0) process.stderr.write(`${index} calls\n`);
      await append(records, inventCall(dice, index, calls));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function time(ask: () => Promise<{ readonly records: readonly unknown[] }>) {
  const times: number[] = [];
  let found = 0;
  for (let count = 0; count < asked; count += 1) {
    const startedAt = performance.now();
    const { records } = await ask();
    times.push(performance.now() - startedAt);
    found += records.length;
  }
  return { times, found: found / asked };
}

/** As the endpoint streams it, to nowhere. */
async function exportAll(records: CallRecordStore): Promise<{ seconds: number; bytes: number }> {
  const unused = (): never => {
    throw new Error('not used');
  };
  const archive = new CallArchive({
    records,
    traces: { get: unused },
    users: { get: async () => undefined },
    clock: systemClock,
  });
  const operator = {
    userId: 'olga' as UserId,
    userName: 'olga',
    role: 'operator',
    brandId: null,
    address: '127.0.0.1',
  } as const;
  const startedAt = performance.now();
  let bytes = 0;
  for await (const text of writeCsv(archive.all(operator, {}))) bytes += Buffer.byteLength(text);
  return { seconds: (performance.now() - startedAt) / 1000, bytes };
}

function appendRow(from: number, { times, cpuMs }: Appended): string {
  const what = from === 0 ? `the first ${measured}` : `${measured} after ${from}`;
  return `| ${what} | ${figures(times)} | ${ms(cpuMs)} |`;
}

function figures(times: readonly number[]): string {
  return [0.5, 0.99, 1].map((share) => ms(percentile(times, share))).join(' | ');
}

function ms(value: number): string {
  return `${value >= 10 ? value.toFixed(0) : value.toPrecision(2)} ms`;
}

function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
