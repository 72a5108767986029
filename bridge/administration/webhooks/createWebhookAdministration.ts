import type { Collection, WebhookDeliveryStore } from '../../storage/index.ts';
import { type KeptWebhook, newWebhookSecret } from '../../webhooks/index.ts';
import { CollectionStore } from '../editing/CollectionStore.ts';
import { type EditorDeps, EntityEditor } from '../editing/EntityEditor.ts';
import type { References } from '../editing/References.ts';
import { webhookKind } from '../kinds/webhookKind.ts';
import { WebhookLog, type WebhookLogDeps } from './WebhookLog.ts';
import { WebhookRegistrar } from './WebhookRegistrar.ts';

export interface WebhookAdministrationDeps extends EditorDeps {
  readonly webhooks: {
    readonly collection: Collection<KeptWebhook>;
    readonly deliveries: WebhookLogDeps['deliveries'] & Pick<WebhookDeliveryStore, 'forgetWebhook'>;
    readonly sender: WebhookLogDeps['sender'];
    /** What speaks against sending there, as `expected ...`; null: nothing. */
    readonly findUrlProblem: (url: string) => string | null;
  };
  readonly onChanged: { readonly webhooks: () => Promise<void> };
  readonly references: Pick<References, 'brand'>;
  readonly newId: () => string;
  readonly randomBytes: (size: number) => Uint8Array;
}

/** Receivers of events: the editor, and the log of what they were told. */
export function createWebhookAdministration(deps: WebhookAdministrationDeps) {
  const { references, newId, randomBytes, trail } = deps;
  const { collection, deliveries, sender, findUrlProblem } = deps.webhooks;
  const kind = webhookKind({
    ...{ references, newId, findUrlProblem },
    store: new CollectionStore(collection),
    onChanged: deps.onChanged.webhooks,
    onDeleted: (id) => deliveries.forgetWebhook(id),
  });
  return {
    webhooks: new WebhookRegistrar({
      editor: new EntityEditor(deps, kind),
      newSecret: () => newWebhookSecret(randomBytes),
    }),
    webhookLog: new WebhookLog({ deliveries, sender, trail }),
  };
}
