import type { Webhook, WebhookDraft } from '../../../shared/admin/index.ts';
import type { SettingProblem } from '../../../shared/errors/index.ts';
import { type KeptWebhook, toWebhookView } from '../../webhooks/index.ts';
import { blanked } from '../editing/AuditTrail.ts';
import type { EntityKind, EntityStore } from '../editing/EntityKind.ts';
import type { References } from '../editing/References.ts';

/** `secret` is set for a new webhook, and where one gets another. */
export interface WebhookChange {
  readonly draft: WebhookDraft;
  readonly secret: string | null;
}

export interface WebhookKindDeps {
  readonly store: EntityStore<KeptWebhook, WebhookChange>;
  readonly references: Pick<References, 'brand'>;
  /** What speaks against sending there, as `expected ...`; null: nothing. */
  readonly findUrlProblem: (url: string) => string | null;
  readonly newId: () => string;
  readonly onChanged: () => Promise<void>;
  /** The webhook is gone, and what is known of its deliveries with it. */
  readonly onDeleted: (id: string) => Promise<void>;
}

/** Each has connections of its own. */
const mostWebhooks = 50;
/** How long a secret signs on beside the one that took its place. */
const oldSecretMs = 86_400_000;

/** Receivers of events. They hear of gateways, which are every brand's, and cost the bridge connections: operators' matter. */
export function webhookKind(deps: WebhookKindDeps): EntityKind<KeptWebhook, WebhookChange, Webhook> {
  const { store, references, findUrlProblem, newId } = deps;
  return {
    kind: 'webhook',
    store,
    brandOf: () => null,
    isOfBrand: (webhook, brandId) => webhook.brandId === brandId,
    sortKeyOf: ({ name, id }) => [name.toLowerCase(), id],
    textsOf: ({ id, name, url, events }) => [id, name, url, ...events],
    newId: () => `wh_${newId()}`,
    make: ({ draft, secret }, stamp, present) => ({
      ...draft,
      ...secretsOf(secret, stamp.updatedAtMs, present),
      createdAtMs: present?.createdAtMs ?? stamp.updatedAtMs,
      switchedOff: draft.isEnabled ? null : (present?.switchedOff ?? null),
      ...stamp,
    }),
    findProblems: async ({ brandId, url }, { before }) => [
      ...findUrlProblems(findUrlProblem(url)),
      ...(await references.brand('brandId', brandId)),
      ...(before === null && (await store.list()).length >= mostWebhooks
        ? [{ key: '', expected: `expected at most ${mostWebhooks} webhooks` }]
        : []),
    ],
    toView: toWebhookView,
    toAudit: (webhook) => ({ ...toWebhookView(webhook), secret: blanked }),
    onChanged: async ({ before, after }) => {
      await deps.onChanged();
      if (before !== null && after === null) await deps.onDeleted(before.id);
    },
  };
}

function secretsOf(
  secret: string | null,
  nowMs: number,
  present: KeptWebhook | null,
): Pick<KeptWebhook, 'secret' | 'oldSecret' | 'oldSecretEndsAtMs'> {
  if (present === null) return { secret: secret ?? '', oldSecret: null, oldSecretEndsAtMs: null };
  if (secret !== null) return { secret, oldSecret: present.secret, oldSecretEndsAtMs: nowMs + oldSecretMs };
  const { oldSecret, oldSecretEndsAtMs } = present;
  // One that signs no more needn't be kept.
  const isOver = oldSecretEndsAtMs === null || oldSecretEndsAtMs <= nowMs;
  return {
    secret: present.secret,
    ...(isOver ? { oldSecret: null, oldSecretEndsAtMs: null } : { oldSecret, oldSecretEndsAtMs }),
  };
}

function findUrlProblems(expected: string | null): readonly SettingProblem[] {
  return expected === null ? [] : [{ key: 'url', expected }];
}
