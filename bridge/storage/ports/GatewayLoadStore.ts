import type { CallId, CallServerId, GatewayId } from '../../../shared/domain/index.ts';

/** A call wants a place at a gateway. */
export interface GatewayClaim {
  readonly gatewayId: GatewayId;
  readonly callId: CallId;
  readonly callServerId: CallServerId;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** Calls at once; null: no bound. */
  readonly maxCalls: number | null;
  /** New calls within any 1000 ms (whole ones), or below 1 one call within 1000/n ms; null: no bound. */
  readonly maxCallsPerSecond: number | null;
}

/**
 * Places at gateways, shared by all call servers. Claims at the same instant are looked at one after another, so that no bound is
 * passed by one.
 */
export interface GatewayLoadStore {
  /** Takes a place or says what is in the way. The same call again keeps its place and takes no second one. */
  claim(claim: GatewayClaim): Promise<'claimed' | 'full' | 'tooFast'>;
  /** The call has left the gateway. Ignored when it had before. */
  release(gatewayId: GatewayId, callId: CallId): Promise<void>;
  /** Calls at each gateway; a gateway without calls is absent. To be read at once: it may change with the next call. */
  counts(): Promise<ReadonlyMap<GatewayId, number>>;
  /**
   * Gateways that would answer `tooFast` now, by the bound of their last claim, and when that is over (milliseconds since the epoch).
   * For those who choose among gateways: a claim decides. To be read at once, as counts.
   */
  pauses(atMs: number): Promise<ReadonlyMap<GatewayId, number>>;
  /** Frees the places of a call server that has started anew. */
  releaseAll(callServerId: CallServerId): Promise<void>;
}
