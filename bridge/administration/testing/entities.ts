import {
  type BrandSettings,
  brandSettingsSchema,
  type EmbedKey,
  type ExplainRequest,
  type Explanation,
  embedKeySchema,
  explanationSchema,
  type Gateway,
  type GatewayStatusView,
  type GatewayTest,
  type Group,
  gatewaySchema,
  gatewayStatusViewSchema,
  gatewayTestSchema,
  groupSchema,
  type NumberEntry,
  numberSchema,
  type Rate,
  type Rule,
  ruleSchema,
} from '../../../shared/admin/index.ts';
import { type SigningKey, signingKeySchema, type User, userSchema } from '../../front-end-server/index.ts';
import type { NewWebhookDelivery } from '../../storage/index.ts';
import { type KeptWebhook, keptWebhookSchema } from '../../webhooks/index.ts';

export function user(userName: string, more: object): User {
  return userSchema.parse({
    id: userName,
    userName,
    displayName: userName,
    role: 'user',
    passwordHash: 'hash',
    createdAtMs: 1,
    ...more,
  });
}

export function group(id: string, brandId: string | null): Group {
  return groupSchema.parse({ id, name: id, brandId });
}

export function rule(id: string, more: object): Rule {
  return ruleSchema.parse({ id, action: 'allow', ...more });
}

export function rate(id: string): Rate {
  return {
    id,
    pricePerMinute: 0.01,
    connectionFee: 0,
    firstSeconds: 60,
    incrementSeconds: 60,
    revision: 1,
    updatedAtMs: 0,
  };
}

export function gateway(id: string, more: object): Gateway {
  return gatewaySchema.parse({ id, host: 'sip.example', ...more });
}

export function number(id: string, brandId: string, userName: string): NumberEntry {
  return numberSchema.parse({ id, brandId, destination: { kind: 'user', userName } });
}

const figures = { tried: 0, answered: 0, failed: 0, answerRate: null, postDialDelayMs: null, mos: null };
export const gatewayStatus: GatewayStatusView = gatewayStatusViewSchema.parse({
  gatewayId: 'gw1',
  state: 'up',
  sinceMs: 1,
  problem: null,
  share: 1,
  resumeAtMs: null,
  lastProbeAtMs: 1,
  roundTripMs: 2,
  registration: null,
  addresses: [],
  calls: 0,
  maxCalls: null,
  lastHour: figures,
  history: [],
  changes: [],
});
export const gatewayTest: GatewayTest = gatewayTestSchema.parse({
  id: 'test-1',
  gatewayId: 'gw1',
  state: 'running',
  startedAtMs: 1,
  endedAtMs: null,
  steps: [],
  messages: [],
});

export function brand(id: string, more: object): BrandSettings {
  return brandSettingsSchema.parse({ id, name: id, ...more });
}

export function embedKey(id: string, brandId: string): EmbedKey {
  return embedKeySchema.parse({
    id,
    name: id,
    brandId,
    origins: ['https://shop.example'],
    destinations: [{ number: '+12025550100' }],
    createdAtMs: 1,
  });
}

/** As if the call were allowed after looking at every rule there is at first. */
export function explanationOf({ atMs = 0 }: ExplainRequest): Explanation {
  const looked = ['everywhere', 'blue-us', 'red-us'].map((ruleId) => ({
    ruleId,
    name: ruleId,
    action: 'allow',
    isMatch: ruleId === 'red-us',
    miss: ruleId === 'red-us' ? null : 'brand',
    text: `It is ${ruleId}`,
    isDraft: false,
  }));
  return explanationSchema.parse({
    decision: 'allow',
    error: null,
    atMs,
    destination: null,
    steps: [],
    rules: looked,
    matchedRuleId: 'red-us',
    limits: [],
    maxDurationMs: null,
    cost: null,
    callerNumber: null,
    gateways: { candidates: [], steps: [] },
  });
}

export function signingKey(id: string, brandId: string): SigningKey {
  return signingKeySchema.parse({
    id,
    name: id,
    brandId,
    algorithm: 'HS256',
    issuer: 'shop',
    publicKey: null,
    secret: 'kept secret',
    createdAtMs: 1,
  });
}

export function webhook(id: string): KeptWebhook {
  return keptWebhookSchema.parse({
    ...{ id, name: 'CRM', url: 'https://crm.example/hook', events: ['call.ended'], createdAtMs: 1 },
    ...{ secret: 'whsec_first', oldSecret: null, oldSecretEndsAtMs: null, switchedOff: null },
  });
}

export const webhookDelivery: NewWebhookDelivery = {
  ...{ id: 'dlv1', webhookId: 'wh1', eventId: 'evt1', eventType: 'call.ended', orderKey: 'c1', createdAtMs: 1 },
  ...{ mostAttempts: 8, nextAttemptAtMs: 1, body: '{}' },
};
