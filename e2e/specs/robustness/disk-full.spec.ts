import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { historyPageSchema } from '../../../shared/protocol/index.ts';
import { Bridge } from '../../fixtures/Bridge.ts';
import { alice, bridgeConfig, scripted } from '../../fixtures/index.ts';
import { startNetwork } from '../../fixtures/network.ts';
import { ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { RestClient } from '../../fixtures/RestClient.ts';
import { scenarios } from '../../sip-peer/index.ts';

const run = promisify(execFile);

/** A disk of its own, so small that it can be filled; null where none may be mounted. */
async function mountSmallDisk() {
  const folder = await mkdtemp(join(tmpdir(), 'dialbridge-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', folder]);
  } catch {
    await rm(folder, { recursive: true });
    return null;
  }
  const filler = join(folder, 'filler');
  return {
    dataDir: join(folder, 'data'),
    /** To the last byte. */
    fill: async () => {
      for (const size of [1 << 20, 4096, 1])
        for (;;) {
          const failed = await writeFile(filler, Buffer.alloc(size), { flag: 'a' }).then(
            () => false,
            () => true,
          );
          if (failed) break;
        }
    },
    free: () => rm(filler),
    unmount: async () => {
      await run('umount', [folder]);
      await rm(folder, { recursive: true });
    },
  };
}

test('a full disk stops no call: it is said plainly, nothing of before is damaged, and what waited is kept when there is room', async () => {
  test.setTimeout(120_000);
  const disk = await mountSmallDisk();
  test.skip(disk === null, 'a disk may be mounted here by nobody but root');
  if (disk === null) return;
  const { network, seed, close } = await startNetwork({ desk: scripted({ scenario: scenarios.answered }) });
  const bridge = await Bridge.start({ ...bridgeConfig(seed), dataDir: disk.dataDir });
  try {
    const client = await ProtocolClient.signIn(bridge.url, alice);
    const rest = await RestClient.signIn(bridge.url, alice);
    const call = async () => {
      const callId = await client.dial(network.desk.number);
      await client.waitForStatus(callId, ({ state }) => state === 'established');
      return callId;
    };
    const contact = (name: string) => ({ name, numbers: [{ label: 'work', number: '+12025550100' }] });
    const readiness = async () => {
      const response = await fetch(new URL('/readyz', bridge.url));
      return `${response.status} ${await response.text()}`;
    };
    expect((await rest.post('/contacts', contact('Anna'))).status).toBe(201);
    const upWhenFull = await call();
    await disk.fill();

    // The call that is up goes on, others begin and end.
    expect(await client.request('call:mute', { callId: upWhenFull, isMuted: true })).toMatchObject({ ok: true });
    const begunWhenFull = await call();
    await client.hangUp(begunWhenFull);
    await client.hangUp(upWhenFull);
    await expect.poll(readiness).toMatch(/^503 .*callRecords.*full/);
    const refused = await rest.post('/contacts', contact('Ben'));
    expect(refused).toMatchObject({ status: 507, body: { error: { code: 'notSaved' } } });
    const names = async () =>
      ((await rest.get('/contacts')).body as { contacts: readonly { name: string }[] }).contacts.map(
        ({ name }) => name,
      );
    expect(await names()).toContain('Anna');

    await disk.free();
    const outcomes = async () =>
      historyPageSchema
        .parse((await rest.get('/history')).body)
        .entries.filter(({ callId }) => callId === upWhenFull || callId === begunWhenFull)
        .map(({ outcome }) => outcome);
    await expect.poll(outcomes, { timeout: 30_000 }).toEqual(['answered', 'answered']);
    await expect.poll(readiness).toMatch(/^200 /);
    expect((await rest.post('/contacts', contact('Ben'))).status).toBe(201);
    client.close();

    await bridge.kill();
    await bridge.restart();
    const again = await RestClient.signIn(bridge.url, alice);
    const { entries } = historyPageSchema.parse((await again.get('/history')).body);
    expect(entries.map(({ outcome }) => outcome)).toEqual(['answered', 'answered']);
    expect(JSON.stringify((await again.get('/contacts')).body)).toMatch(/Anna.*Ben|Ben.*Anna/);
  } finally {
    await bridge.close();
    await close();
    await disk.unmount();
  }
});
