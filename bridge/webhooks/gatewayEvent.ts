import type { GatewayStatusView } from '../../shared/admin/index.ts';
import type { GatewayId } from '../../shared/domain/index.ts';
import type { WebhookEvent } from './WebhookEvent.ts';

/** What the proxy server tells of a gateway. */
export interface GatewayStateChange {
  readonly gatewayId: GatewayId;
  readonly from: GatewayStatusView['state'];
  readonly to: GatewayStatusView['state'];
  readonly atMs: number;
  readonly sinceMs: number | null;
  readonly problem: string | null;
}

/**
 * Null where it is no news: only going down and coming back from there is. A gateway with which the bridge can't register is down,
 * and `problem` says so.
 */
export function gatewayEvent(change: GatewayStateChange): WebhookEvent<'gateway.down' | 'gateway.up'> | null {
  const { gatewayId, from, to, atMs, problem, sinceMs } = change;
  const type = typeOf(from, to);
  if (type === null) return null;
  return {
    ...{ type, occurredAtMs: atMs, key: `${type} ${gatewayId} ${atMs}`, orderKey: `gateway ${gatewayId}` },
    ...{ brandId: null, data: { gatewayId, from, to, problem, sinceMs } },
  };
}

function typeOf(from: GatewayStateChange['from'], to: GatewayStateChange['to']): 'gateway.down' | 'gateway.up' | null {
  if (to === 'down') return from === 'down' ? null : 'gateway.down';
  // `unknown` and `off` tell nothing: it was switched off, or not yet asked again.
  return from === 'down' && (to === 'up' || to === 'returning') ? 'gateway.up' : null;
}
