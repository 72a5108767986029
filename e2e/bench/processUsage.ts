import { readdir, readFile } from 'node:fs/promises';

/** Time on a processor of all threads of these processes so far, in milliseconds (Linux's schedstat, nanoseconds). */
export async function cpuMs(pids: readonly number[]): Promise<number> {
  const perProcess = pids.map(async (pid) => {
    const threads = await readdir(`/proc/${pid}/task`);
    const texts = threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0'));
    return sum((await Promise.all(texts)).map((text) => Number(text.split(' ')[0]) / 1e6));
  });
  return sum(await Promise.all(perProcess));
}

export interface Memory {
  /** Resident, pages that are shared counted for each process. */
  readonly rssKiB: number;
  /** Resident, pages that are shared divided among those who share them. */
  readonly pssKiB: number;
}

export async function memory(pids: readonly number[]): Promise<Memory> {
  const texts = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/smaps_rollup`, 'utf8')));
  const field = (name: string) =>
    sum(texts.map((text) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1])));
  return { rssKiB: field('Rss'), pssKiB: field('Pss') };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
