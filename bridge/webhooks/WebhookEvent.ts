import type { WebhookData, WebhookEventType } from '../../shared/admin/index.ts';
import type { BrandId } from '../../shared/domain/index.ts';

/** Something that happened, before it is known who wants to hear of it. */
export interface WebhookEvent<Type extends WebhookEventType = WebhookEventType> {
  readonly type: Type;
  readonly occurredAtMs: number;
  /** The same whenever it is told again of the same thing. */
  readonly key: string;
  /** Of what it is about: events of the same thing are told in their order. */
  readonly orderKey: string;
  /** null: of none in particular; then it is told whatever brand a webhook is for. */
  readonly brandId: BrandId | null;
  readonly data: WebhookData<Type>;
}
