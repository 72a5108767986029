import type { CallId, GatewayId } from '../../shared/domain/index.ts';

/** What a call found out about a gateway. */
export type GatewayCallReport = {
  readonly gatewayId: GatewayId;
  readonly callId: CallId;
  /** The gateway made the call. That tells how its audio is, and nothing of whether it takes calls of ours. */
  readonly isIncoming?: true;
} & (
  | {
      /** An INVITE goes there, or an INVITE of it was taken. */
      readonly kind: 'tried';
    }
  | {
      /** First 18x or answer, once. */
      readonly kind: 'progressed';
      readonly postDialDelayMs: number;
    }
  | { readonly kind: 'answered' }
  | {
      /** Busy, declined, wrong number: it lives. */
      readonly kind: 'refused';
      readonly sipStatus: number;
    }
  | {
      /** It could not take the call. */
      readonly kind: 'failed';
      /** In plain words. */
      readonly problem: string;
      /** It said nothing at all, or could not be reached. */
      readonly isSilent: boolean;
      /** 503 with Retry-After. */
      readonly retryAfterMs: number | null;
    }
  | {
      /** The answered call has ended. */
      readonly kind: 'finished';
      /** Mean opinion score of its audio; null: unknown. */
      readonly mos: number | null;
    }
);
