import { beforeEach, describe, expect, it } from 'vitest';
import { webhookDraftSchema } from '../../../shared/admin/index.ts';
import { administrationFixture, auditor, operator, redAuditor, redManager } from '../testing/administrationFixture.ts';

const draft = (more: object = {}) =>
  webhookDraftSchema.parse({ name: 'CRM', url: 'https://crm.example/hook', events: ['call.ended'], ...more });

describe('webhooks', () => {
  let fixture: ReturnType<typeof administrationFixture>;
  let webhooks: typeof fixture.administration.webhooks;
  beforeEach(() => {
    fixture = administrationFixture();
    webhooks = fixture.administration.webhooks;
  });

  it('have a secret that is told once, and neither read nor written down again', async () => {
    const { webhook, secret } = await webhooks.register(operator, draft());
    expect(secret).toBe(`whsec_${Buffer.alloc(32, 7).toString('base64url')}`);
    expect(JSON.stringify(await webhooks.get(operator, webhook.id))).not.toContain('whsec_');
    expect(JSON.stringify(fixture.audit.entries)).not.toContain('whsec_');
    expect(fixture.told).toEqual(['webhooks']);
  });

  it('get another secret, and sign with the one before for a day', async () => {
    const { webhook, secret } = await webhooks.rotate(operator, 'wh1', 1);
    const endsAtMs = fixture.clock.now() + 86_400_000;
    expect(webhook.oldSecretEndsAtMs).toBe(endsAtMs);
    expect(await fixture.webhooks.get('wh1')).toMatchObject({ secret, oldSecret: 'whsec_first' });
    await expect(webhooks.rotate(operator, 'wh1', 1)).rejects.toMatchObject({ code: 'conflict' });
    fixture.clock.advance(86_400_000);
    await webhooks.update(operator, 'wh1', 2, draft());
    expect(await fixture.webhooks.get('wh1')).toMatchObject({ secret, oldSecret: null, oldSecretEndsAtMs: null });
  });

  it('are the operators’: auditors of all brands may look, and others not', async () => {
    expect((await webhooks.list(auditor, { limit: 9 })).items).toHaveLength(1);
    for (const nobody of [redManager, redAuditor]) {
      await expect(webhooks.list(nobody, { limit: 9 })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(webhooks.get(nobody, 'wh1')).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('are refused where nobody may send, for a brand that there is not, and beyond fifty', async () => {
    const refusal = (more: object) => webhooks.register(operator, draft(more));
    await expect(refusal({ url: 'http://crm.example/' })).rejects.toMatchObject({ details: { key: 'url' } });
    await expect(refusal({ brandId: 'ghost' })).rejects.toMatchObject({ details: { key: 'brandId' } });
    for (let count = 2; count <= 50; count += 1) await webhooks.register(operator, draft());
    await expect(refusal({})).rejects.toMatchObject({ code: 'invalidSetting' });
    await expect(webhooks.update(operator, 'wh1', 1, draft())).resolves.toMatchObject({ revision: 2 });
  });

  it('are no more said to be switched off once somebody has switched them on', async () => {
    const switchedOff = { atMs: 5, reason: 'gone' as const };
    await fixture.webhooks.update('wh1', (present) => present && { ...present, isEnabled: false, switchedOff });
    expect(await webhooks.update(operator, 'wh1', 1, draft({ isEnabled: false }))).toMatchObject({ switchedOff });
    expect(await webhooks.update(operator, 'wh1', 2, draft())).toMatchObject({ switchedOff: null });
  });

  it('take their log along when they are deleted', async () => {
    const log = fixture.administration.webhookLog;
    expect((await log.page(auditor, { limit: 9 })).items).toMatchObject([{ id: 'dlv1' }]);
    await webhooks.delete(operator, 'wh1', 1);
    expect((await log.page(auditor, { limit: 9 })).items).toEqual([]);
    await expect(log.get(auditor, 'dlv1')).rejects.toMatchObject({ code: 'notFound' });
  });

  it('are tried and told again by operators, which is written down', async () => {
    const log = fixture.administration.webhookLog;
    await expect(log.test(auditor, 'wh1')).rejects.toMatchObject({ code: 'forbidden' });
    await log.test(operator, 'wh1');
    await log.redeliver(operator, 'dlv1');
    expect(fixture.audit.entries.map(({ action, entityId }) => [action, entityId])).toEqual([
      ['test', 'wh1'],
      ['redeliver', 'wh1'],
    ]);
  });

  it.each([
    'ftp://a.example',
    'https://me:pw@a.example',
    'https://a.example/#x',
    'a.example',
    `https://a/${'x'.repeat(2000)}`,
  ])('can’t be at %s', (url) => {
    expect(() => draft({ url })).toThrow();
  });
});
