import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeWebhookDeliveryStore, newDelivery } from '../contracts/webhookDeliveryContract.ts';
import { DatabaseThread, SqliteWebhookDeliveryStore } from './index.ts';

let folder = '';
let threads: DatabaseThread[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-webhooks-'));
});
afterEach(async () => {
  await Promise.all(threads.map((thread) => thread.close()));
  threads = [];
  await rm(folder, { recursive: true, force: true });
});

async function create(): Promise<SqliteWebhookDeliveryStore> {
  const thread = await DatabaseThread.start({ path: join(folder, 'records.sqlite') });
  threads.push(thread);
  return new SqliteWebhookDeliveryStore({ thread });
}

describeWebhookDeliveryStore('SqliteWebhookDeliveryStore', create);

describe('SqliteWebhookDeliveryStore', () => {
  it('knows what waits and what was tried also after it was opened anew', async () => {
    const first = await create();
    await first.add([newDelivery('a'), newDelivery('b')], 10);
    const attempt = { atMs: 2000, durationMs: 1, status: null, problem: 'There was no answer', response: '' };
    await first.record('a', { attempt, state: 'waiting', nextAttemptAtMs: 9000 });
    await threads[0]?.close();
    const second = await create();
    expect(await second.get('a')).toMatchObject({ attempts: [attempt], nextAttemptAtMs: 9000 });
    expect(await second.waiting()).toEqual(new Map([['w1', 2]]));
  });
});
