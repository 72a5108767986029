import type { Rule } from '../../../shared/admin/index.ts';
import type { GatewayId } from '../../../shared/domain/index.ts';
import type { SelectionRequest } from '../../proxy-server/index.ts';
import type { UsageClaim, UsagePrice } from '../../storage/index.ts';
import type { CallClient } from '../CallServer.ts';
import type { Destination } from './numbers/parseDestination.ts';

export interface CallRequest {
  readonly client: Pick<CallClient, 'user' | 'entry' | 'address' | 'origin'> & {
    readonly brand: Pick<CallClient['brand'], 'id'>;
  };
  /** As the person wrote it. */
  readonly destination: string;
  /** Caller ID that was asked for. */
  readonly callerNumber?: string;
}

/** What a call that may be made is allowed, as far as one can say without counting other calls. */
export interface Authorization {
  readonly called: Destination;
  /** What goes to the gateway: E.164, or the bare digits of an emergency number. */
  readonly calledNumber: string;
  readonly isEmergency: boolean;
  /** As routes see who calls. */
  readonly caller: SelectionRequest['caller'];
  /** Emergency routing: these, in this order; null: by selection. */
  readonly gatewayIds: readonly GatewayId[] | null;
  /** null: an emergency number, or the embed key itself allowed it. */
  readonly matchedRule: Pick<Rule, 'id'> | null;
  /** Caller ID to show; null: the gateway's own. */
  readonly callerNumber: string | null;
  /** The smallest that applies, in milliseconds; null: none but the configuration's. */
  readonly maxDurationMs: number | null;
  /** In the order in which limits are looked at; none for emergency calls. */
  readonly claims: readonly UsageClaim[];
  /** null where nothing is charged. */
  readonly price: UsagePrice | null;
  /** Prefix of the rate that `price` comes from, for the record. */
  readonly ratePrefix?: string;
}
