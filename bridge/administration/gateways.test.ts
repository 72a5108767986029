import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type GatewayCreate,
  gatewayCreateSchema,
  gatewayViewSchema,
  gatewayWriteSchema,
} from '../../shared/admin/index.ts';
import { administrationFixture, auditor, operator, redAuditor, redManager } from './testing/administrationFixture.ts';

const draft = (more: object = {}) => gatewayWriteSchema.parse({ host: 'sip.example', ...more });
const row = (id: string, more: object = {}): GatewayCreate =>
  gatewayCreateSchema.parse({ id, host: 'sip.example', ...more });
const account = { userName: 'trunk', password: 'open sesame' };

describe('gateways', () => {
  let fixture: ReturnType<typeof administrationFixture>;
  beforeEach(() => {
    fixture = administrationFixture();
  });
  const gateways = () => fixture.administration.gateways;
  const kept = () => fixture.gateways.get('gw1');
  const problems = (change: Promise<unknown>) =>
    change.then(
      () => null,
      (error: { details?: { key?: string } }) => error.details?.key,
    );

  it('are seen and edited by nobody who is bound to a brand, and changed by operators alone', async () => {
    expect((await gateways().list(auditor, { limit: 9 })).items.map(({ id }) => id)).toEqual(['gw1', 'spare']);
    for (const actor of [redManager, redAuditor]) {
      expect((await gateways().list(actor, { limit: 9 })).items).toEqual([]);
      await expect(gateways().get(actor, 'gw1')).rejects.toMatchObject({ code: 'forbidden' });
    }
    for (const actor of [auditor, redManager]) {
      await expect(gateways().update(actor, 'spare', 1, draft())).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('are told of without their secrets, in answers and in the audit log', async () => {
    const secrets = { credentials: account, incoming: { credentials: { userName: 'them', password: 'their secret' } } };
    const made = await gateways().create(operator, row('new', secrets));
    expect(gatewayViewSchema.parse(made)).toMatchObject({
      credentials: { userName: 'trunk', hasPassword: true },
      incoming: { credentials: { userName: 'them', hasPassword: true } },
      tls: { hasPrivateKey: false },
    });
    await gateways().update(operator, 'new', 1, draft({ credentials: { ...account, password: 'another one' } }));
    for (const secret of ['open sesame', 'their secret', 'another one']) {
      expect(JSON.stringify([made, fixture.audit.entries])).not.toContain(secret);
    }
    expect(fixture.audit.entries.at(-1)).toMatchObject({ after: { secrets: { password: '(secret), changed' } } });
  });

  it('keep a secret that a change leaves out, take another, and lose it where the account goes', async () => {
    await gateways().update(operator, 'gw1', 1, draft({ credentials: { userName: 'renamed' } }));
    expect(await kept()).toMatchObject({ credentials: { userName: 'renamed', password: 'a kept password' } });
    await gateways().update(operator, 'gw1', 2, draft());
    expect(await kept()).toMatchObject({ credentials: { userName: 'renamed', password: 'a kept password' } });
    await gateways().update(operator, 'gw1', 3, draft({ credentials: account }));
    expect(await kept()).toMatchObject({ credentials: account });
    await gateways().update(operator, 'gw1', 4, draft({ credentials: null }));
    expect(await kept()).not.toHaveProperty('credentials');
    expect(await problems(gateways().update(operator, 'gw1', 5, draft({ credentials: { userName: 'x' } })))).toBe(
      'credentials.password',
    );
  });

  it('want an account where they are registered with, also when the account goes by a change', async () => {
    expect(gatewayWriteSchema.safeParse({ host: 'a', registration: {} }).success).toBe(true);
    expect(await problems(gateways().update(operator, 'spare', 1, draft({ registration: {} })))).toBe('credentials');
    await gateways().update(operator, 'gw1', 1, draft({ registration: {} }));
    expect(await kept()).toMatchObject({ registration: { expiresSeconds: 3600 } });
  });

  it('can’t be deleted while a route or a brand’s emergency calls need them', async () => {
    await expect(gateways().delete(operator, 'gw1', 1)).rejects.toMatchObject({
      code: 'inUse',
      details: { by: 'route “us”' },
    });
    const { administration } = fixture;
    const brand = await administration.brands.get(operator, 'red');
    const { id: _, revision, updatedAtMs: __, ...face } = brand;
    await administration.brands.update(operator, 'red', revision, {
      ...face,
      emergency: { mode: 'route', gatewayIds: ['spare' as never] },
    });
    await expect(gateways().delete(operator, 'spare', 1)).rejects.toMatchObject({ details: { by: 'brand “red”' } });
  });

  describe('with certificates', () => {
    let folder: string;
    let pem: Record<'certificate' | 'privateKey' | 'otherKey', string>;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'dialbridge-pem-'));
      const make = (name: string) => {
        const parts = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
        const files = [
          '-subj',
          '/CN=bridge.example',
          '-keyout',
          join(folder, `${name}.key`),
          '-out',
          join(folder, name),
        ];
        execFileSync('openssl', [...parts, ...files], { stdio: 'ignore' });
      };
      make('one');
      make('two');
      const read = (name: string) => readFileSync(join(folder, name), 'utf8');
      pem = { certificate: read('one'), privateKey: read('one.key'), otherKey: read('two.key') };
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    const refused = (tls: object) => problems(gateways().update(operator, 'spare', 1, draft({ tls })));

    it('take those that belong together, and keep the key that a change leaves out', async () => {
      const { certificate, privateKey } = pem;
      await gateways().update(operator, 'spare', 1, draft({ tls: { certificate, privateKey, ca: certificate } }));
      await gateways().update(operator, 'spare', 2, draft({ tls: { certificate, isVerified: false } }));
      expect(await fixture.gateways.get('spare')).toMatchObject({ tls: { privateKey, isVerified: false } });
      expect(JSON.stringify(fixture.audit.entries)).not.toContain('PRIVATE KEY');
    });

    it('name what can’t be read, what is missing, and a key of another certificate', async () => {
      const { certificate, privateKey, otherKey } = pem;
      const broken = certificate.replace(/M/g, 'x');
      expect(await refused({ certificate, privateKey: otherKey })).toBe('tls.privateKey');
      expect(await refused({ certificate })).toBe('tls.privateKey');
      expect(await refused({ privateKey })).toBe('tls.certificate');
      expect(await refused({ certificate: broken, privateKey })).toBe('tls.certificate');
      expect(await refused({ ca: broken })).toBe('tls.ca');
      expect(await refused({ certificate, privateKey: privateKey.replace(/\n\S{10}/, '\nAAAAAAAAAA') })).toBe(
        'tls.privateKey',
      );
    });
  });

  describe('of a sheet', () => {
    const bring = (mode: 'merge' | 'replace', ...items: readonly GatewayCreate[]) =>
      fixture.administration.gatewayImport.import(operator, { mode, items });

    it('are added and changed, keep their secrets, and stay as they are where the sheet says nothing new', async () => {
      const { gatewayImport } = fixture.administration;
      expect(await bring('merge', row('gw1'), row('spare', { priority: 3 }), row('new'))).toEqual({
        added: 1,
        changed: 1,
        deleted: 0,
      });
      expect(await kept()).toMatchObject({ revision: 1, credentials: { password: 'a kept password' } });
      expect(await fixture.gateways.get('spare')).toMatchObject({ revision: 2, priority: 3 });
      expect(fixture.told).toEqual(['gateways']);
      expect(JSON.stringify(fixture.audit.entries)).not.toContain('a kept password');
      await expect(gatewayImport.import(auditor, { mode: 'merge', items: [] })).rejects.toMatchObject({
        code: 'forbidden',
      });
    });

    it('are not taken at all where one row can’t be, and the row is named', async () => {
      const before = await fixture.gateways.list();
      const bad = row('bad', { credentials: { userName: 'x' } });
      expect(await problems(bring('merge', row('good'), bad))).toBe('items.1.credentials.password');
      expect(await problems(bring('merge', row('good'), row('good')))).toBe('items.1.id');
      // It would take away a gateway that a route names.
      await expect(bring('replace', row('good'))).rejects.toMatchObject({ code: 'inUse' });
      expect(await fixture.gateways.list()).toEqual(before);
      expect(fixture.audit.entries).toEqual([]);
    });

    it('are all there is where it replaces', async () => {
      expect(await bring('replace', row('gw1'))).toEqual({ added: 0, changed: 0, deleted: 1 });
      expect((await fixture.gateways.list()).map(({ id }) => id)).toEqual(['gw1']);
    });
  });
});

describe('watching gateways', () => {
  it('is for those who see all brands, and trying one out is an operator’s, who is written down', async () => {
    const { administration, audit, told } = administrationFixture();
    const { gatewayWatch } = administration;
    const id = 'gw1' as never;
    expect(await gatewayWatch.statuses(auditor)).toHaveLength(1);
    await expect(gatewayWatch.statuses(redManager)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(gatewayWatch.status(operator, 'ghost' as never)).rejects.toMatchObject({ code: 'notFound' });
    await expect(gatewayWatch.startTest(auditor, id, { number: null })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(gatewayWatch.startTest(operator, id, { number: '112' })).rejects.toMatchObject({
      code: 'invalidSetting',
      details: { key: 'number' },
    });
    expect(told).toEqual([]);
    const { id: testId } = await gatewayWatch.startTest(operator, id, { number: '+12025550100' });
    expect(audit.entries).toMatchObject([
      { action: 'test', entityId: 'gw1', after: { number: '+12025550100', testId } },
    ]);
    expect(await gatewayWatch.test(auditor, testId)).toMatchObject({ gatewayId: 'gw1' });
    await expect(gatewayWatch.test(operator, 'other')).rejects.toMatchObject({ code: 'notFound' });
  });
});
