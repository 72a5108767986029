import { spawn } from 'node:child_process';
import { lookup } from 'node:dns';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { callServerIdSchema } from '../../shared/domain/index.ts';
import { systemClock } from '../observability/index.ts';
import { RecordingLogger } from '../observability/RecordingLogger.ts';
import { createStorage } from '../storage/index.ts';
import { AddressGuard, HttpPoster, keptWebhookSchema, Webhooks } from './index.ts';

const teller = fileURLToPath(new URL('./testing/tellUntilKilled.child.ts', import.meta.url));
const calls = 20;

it('tells after a kill -9 what was kept before it, under way or not, each event under the id that it had', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'dialbridge-webhooks-'));
  const hung: ServerResponse[] = [];
  const ids: { readonly before: string[]; readonly after: string[] } = { before: [], after: [] };
  let isBack = false;
  const receiver = createServer((request, response) => {
    ids[isBack ? 'after' : 'before'].push(String(request.headers['dialbridge-event-id']));
    if (isBack) response.writeHead(204).end();
    else hung.push(response);
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  try {
    const child = spawn(process.execPath, [teller, dataDir, url, String(calls)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    await vi.waitFor(() => expect(ids.before).toHaveLength(4), 20_000);
    child.kill('SIGKILL');
    await exited;
    isBack = true;
    const logger = new RecordingLogger();
    const storage = await createStorage({ dataDir, logger });
    const guard = new AddressGuard({ lookUp: lookup });
    const webhooks = await Webhooks.create(
      {
        webhooks: await storage.openCollection('webhooks', keptWebhookSchema),
        ...{ deliveries: storage.webhookDeliveries, records: storage.callRecords, calls: new EventEmitter() },
        ...{ gateways: new EventEmitter(), clock: systemClock, logger, newId: () => 'id', random: () => 0.5 },
        poster: new HttpPoster({ guard, now: Date.now }, { timeoutMs: 20_000, allowPrivateAddresses: true }),
      },
      {
        ...{ callServerId: callServerIdSchema.parse('main'), version: '1.2.3' },
        ...{ mostAttempts: 8, mostWaiting: 1000, keepMs: 1e12 },
      },
    );
    await vi.waitFor(async () => expect(await webhooks.waiting()).toBe(0), 20_000);
    await webhooks.close();
    await storage.close();
    expect(new Set(ids.after).size).toBe(calls);
    expect(ids.after).toHaveLength(calls);
    expect(ids.after).toEqual(expect.arrayContaining(ids.before));
  } finally {
    receiver.closeAllConnections();
    receiver.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 60_000);
