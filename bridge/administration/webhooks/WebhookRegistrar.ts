import {
  type Webhook,
  type WebhookDraft,
  type WebhookWithSecret,
  webhookDraftSchema,
} from '../../../shared/admin/index.ts';
import type { KeptWebhook } from '../../webhooks/index.ts';
import { type Actor, demandUnbound } from '../editing/Actor.ts';
import type { BaseRevision, Editor, EntityEditor } from '../editing/EntityEditor.ts';
import type { ListQuery } from '../editing/EntityKind.ts';
import type { Page } from '../editing/Page.ts';
import type { WebhookChange } from '../kinds/webhookKind.ts';

export interface WebhookRegistrarDeps {
  readonly editor: EntityEditor<KeptWebhook, WebhookChange, Webhook>;
  readonly newSecret: () => string;
}

/** Looks up, registers and edits webhooks: a secret is told once, to who makes it. */
export class WebhookRegistrar implements Editor<Webhook, WebhookDraft> {
  readonly #deps: WebhookRegistrarDeps;

  constructor(deps: WebhookRegistrarDeps) {
    this.#deps = deps;
  }

  /** @throws DialbridgeError `forbidden` for who is bound to a brand */
  async list(actor: Actor, query: ListQuery): Promise<Page<Webhook>> {
    demandUnbound(actor);
    return this.#deps.editor.list(actor, query);
  }

  get(actor: Actor, id: string): Promise<Webhook> {
    return this.#deps.editor.get(actor, id);
  }

  delete(actor: Actor, id: string, base: BaseRevision): Promise<void> {
    return this.#deps.editor.delete(actor, id, base);
  }

  /** @throws DialbridgeError `forbidden`, `invalidSetting` */
  async register(actor: Actor, draft: WebhookDraft): Promise<WebhookWithSecret> {
    const secret = this.#deps.newSecret();
    return { webhook: await this.#deps.editor.create(actor, { draft, secret }), secret };
  }

  /** @throws DialbridgeError as `EntityEditor.update` */
  update(actor: Actor, id: string, base: BaseRevision, draft: WebhookDraft): Promise<Webhook> {
    return this.#deps.editor.update(actor, id, base, { draft, secret: null });
  }

  /** Another secret; the one before signs on for a day beside it. @throws DialbridgeError as `EntityEditor.update` */
  async rotate(actor: Actor, id: string, base: BaseRevision): Promise<WebhookWithSecret> {
    const { editor, newSecret } = this.#deps;
    const present = await editor.findEditable(actor, id);
    const secret = newSecret();
    const draft = draftOf(present);
    const webhook = await editor.update(actor, id, base, { draft, secret });
    return { webhook, secret };
  }
}

function draftOf({ name, url, events, brandId, isEnabled }: KeptWebhook): WebhookDraft {
  return webhookDraftSchema.parse({ name, url, events, brandId, isEnabled });
}
