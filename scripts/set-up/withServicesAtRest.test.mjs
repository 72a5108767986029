import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withServicesAtRest } from './withServicesAtRest.mjs';

describe('withServicesAtRest', () => {
  let folder;
  let path;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dialbridge-policy-'));
    path = join(folder, 'policy-rc.d');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('says no to whoever asks whether a service may start, while the task runs and not after it', async () => {
    const answer = await withServicesAtRest(
      () => promisify(execFile)(path, ['kamailio', 'start']).catch(({ code }) => code),
      {
        path,
      },
    );
    expect(answer).toBe(101);
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves nothing behind when the task fails', async () => {
    const task = () => Promise.reject(new Error('no such package'));
    await expect(withServicesAtRest(task, { path })).rejects.toThrow('no such package');
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves a policy of the machine’s owner as it is', async () => {
    await writeFile(path, 'theirs');
    expect(await withServicesAtRest(() => readFile(path, 'utf8'), { path })).toBe('theirs');
    expect(await readFile(path, 'utf8')).toBe('theirs');
  });
});
