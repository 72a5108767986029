import type { CallId, CallServerId, GatewayId } from '../../../shared/domain/index.ts';
import type { GatewayClaim, GatewayLoadStore } from '../ports/GatewayLoadStore.ts';
import { GatewayPlaces } from './GatewayPlaces.ts';

/** Places at gateways of one process; they are gone with it. */
export class MemoryGatewayLoadStore implements GatewayLoadStore {
  readonly #places = new Map<GatewayId, GatewayPlaces>();
  /** Until when those wait that had all the calls of a second; looked at by each choice, so that no others are in it. */
  readonly #pauses = new Map<GatewayId, number>();
  /** The latest moment that anybody named since the clock was set back. */
  #latestMs = Number.NEGATIVE_INFINITY;
  readonly #counts = new Map<GatewayId, number>();

  async claim(claim: GatewayClaim): Promise<'claimed' | 'full' | 'tooFast'> {
    const { gatewayId } = claim;
    const places = this.#places.get(gatewayId) ?? new GatewayPlaces();
    this.#places.set(gatewayId, places);
    const answer = places.claim(claim);
    this.#pause(gatewayId, places, claim.atMs);
    this.#latestMs = Math.max(this.#latestMs, claim.atMs);
    this.#count(gatewayId, places.calls);
    return answer;
  }

  async release(gatewayId: GatewayId, callId: CallId): Promise<void> {
    const places = this.#places.get(gatewayId);
    if (places?.release(callId)) this.#count(gatewayId, places.calls);
  }

  async counts(): Promise<ReadonlyMap<GatewayId, number>> {
    return this.#counts;
  }

  async pauses(atMs: number): Promise<ReadonlyMap<GatewayId, number>> {
    // A pause ends when it was said to end, unless the clock was set back to before its calls began.
    const wasSetBack = atMs < this.#latestMs;
    this.#latestMs = atMs;
    for (const [gatewayId, freeAtMs] of this.#pauses) {
      if (freeAtMs <= atMs) this.#pauses.delete(gatewayId);
      else if (wasSetBack) this.#pause(gatewayId, this.#places.get(gatewayId), atMs);
    }
    return this.#pauses;
  }

  async releaseAll(callServerId: CallServerId): Promise<void> {
    for (const [gatewayId, places] of this.#places) {
      if (places.releaseAll(callServerId)) this.#count(gatewayId, places.calls);
    }
  }

  #pause(gatewayId: GatewayId, places: GatewayPlaces | undefined, atMs: number): void {
    const freeAtMs = places?.freeAtMs(atMs) ?? atMs;
    if (freeAtMs > atMs) this.#pauses.set(gatewayId, freeAtMs);
    else this.#pauses.delete(gatewayId);
  }

  #count(gatewayId: GatewayId, calls: number): void {
    if ((this.#counts.get(gatewayId) ?? 0) === calls) return;
    if (calls > 0) this.#counts.set(gatewayId, calls);
    else this.#counts.delete(gatewayId);
  }
}
