import { expect, it } from 'vitest';
import { secretsAt } from './KeptWebhook.ts';
import { keptWebhook } from './testing/WebhookBench.ts';

it('signs with the secret before until its time is over', () => {
  const webhook = { ...keptWebhook('crm'), oldSecret: 'whsec_before', oldSecretEndsAtMs: 1000 };
  expect(secretsAt(webhook, 999)).toEqual(['whsec_crm', 'whsec_before']);
  expect(secretsAt(webhook, 1000)).toEqual(['whsec_crm']);
  expect(secretsAt(keptWebhook('crm'), 0)).toEqual(['whsec_crm']);
});
