import type { WebhookAttempt, WebhookDelivery, WebhookDeliveryState } from '../../../shared/admin/index.ts';
import type { CallServerId } from '../../../shared/domain/index.ts';

/** A delivery as it is kept. */
export interface KeptWebhookDelivery extends WebhookDelivery {
  /** Deliveries of one webhook with the same key are made in the order in which they were added. */
  readonly orderKey: string;
}

/** One that shall be made. */
export type NewWebhookDelivery = Omit<
  KeptWebhookDelivery,
  'state' | 'attempts' | 'finishedAtMs' | 'nextAttemptAtMs'
> & {
  /** Milliseconds since the epoch. */
  readonly nextAttemptAtMs: number;
};

export interface WebhookClaim {
  readonly callServerId: CallServerId;
  readonly nowMs: number;
  /** Until then nobody else gets it, although nothing is heard of who has it. */
  readonly untilMs: number;
  /** How many of which webhook. */
  readonly places: readonly { readonly webhookId: string; readonly limit: number }[];
  /** One that has failed so often no longer holds up those after it. */
  readonly holdingAttempts: number;
}

export interface WebhookAttemptResult {
  readonly attempt: WebhookAttempt;
  readonly state: WebhookDeliveryState;
  /** Null unless it is waiting. */
  readonly nextAttemptAtMs: number | null;
}

export interface WebhookDeliveryFilter {
  readonly webhookId?: string;
  readonly state?: WebhookDeliveryState;
}

export interface WebhookDeliveryPage {
  /** Newest first. */
  readonly deliveries: readonly KeptWebhookDelivery[];
  readonly nextCursor: string | null;
}

/** Events on their way to receivers, and the log of it. Writes resolve when they would survive `kill -9`. */
export interface WebhookDeliveryStore {
  /**
   * A delivery whose id is there already is left out, and so is one of a webhook for which `mostWaiting` wait: what was taken
   * first stays. Resolves with how many were left out because of that bound.
   */
  add(deliveries: readonly NewWebhookDelivery[], mostWaiting: number): Promise<number>;
  /**
   * Deliveries that are due, the longest due first; each is the claimant's alone until `record` or `untilMs`. One waits behind an earlier
   * one with its webhook and key that is waiting and has failed fewer than `holdingAttempts` times.
   */
  claim(claim: WebhookClaim): Promise<readonly KeptWebhookDelivery[]>;
  /** A try was made. One that isn't there is no error. */
  record(id: string, result: WebhookAttemptResult): Promise<void>;
  /** Makes due again what a call server had claimed and can't have under way any more. */
  release(callServerId: CallServerId): Promise<void>;
  get(id: string): Promise<KeptWebhookDelivery | undefined>;
  /** `before` is a cursor from an earlier page. @throws StorageError `badCursor` */
  page(options: { filter?: WebhookDeliveryFilter; before?: string; limit: number }): Promise<WebhookDeliveryPage>;
  /** How many wait, by webhook. */
  waiting(): Promise<ReadonlyMap<string, number>>;
  /** Whether the webhook took anything then or later. */
  hasDelivered(webhookId: string, sinceMs: number): Promise<boolean>;
  /** Those that were made before, at most so many, also ones that wait. Resolves with how many there were. */
  forget(beforeMs: number, limit: number): Promise<number>;
  /** All of a webhook that is gone. */
  forgetWebhook(webhookId: string): Promise<void>;
}
