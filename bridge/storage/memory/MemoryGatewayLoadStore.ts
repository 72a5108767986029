import type { CallId, CallServerId, GatewayId } from '../../../shared/domain/index.ts';
import type { GatewayClaim, GatewayLoadStore } from '../ports/GatewayLoadStore.ts';
import { GatewayPlaces } from './GatewayPlaces.ts';

/** Places at gateways of one process; they are gone with it. */
export class MemoryGatewayLoadStore implements GatewayLoadStore {
  readonly #places = new Map<GatewayId, GatewayPlaces>();
  /** Those that had all the calls of a second; looked at by each choice, so that no others are in it. */
  readonly #paused = new Set<GatewayId>();
  readonly #counts = new Map<GatewayId, number>();

  async claim(claim: GatewayClaim): Promise<'claimed' | 'full' | 'tooFast'> {
    const { gatewayId } = claim;
    const places = this.#places.get(gatewayId) ?? new GatewayPlaces();
    this.#places.set(gatewayId, places);
    const answer = places.claim(claim);
    if (places.freeAtMs(claim.atMs) > claim.atMs) this.#paused.add(gatewayId);
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
    const pauses = new Map<GatewayId, number>();
    for (const gatewayId of this.#paused) {
      const places = this.#places.get(gatewayId);
      const freeAtMs = places?.freeAtMs(atMs) ?? atMs;
      if (freeAtMs > atMs) pauses.set(gatewayId, freeAtMs);
      else this.#paused.delete(gatewayId);
    }
    return pauses;
  }

  async releaseAll(callServerId: CallServerId): Promise<void> {
    for (const [gatewayId, places] of this.#places) {
      if (places.releaseAll(callServerId)) this.#count(gatewayId, places.calls);
    }
  }

  #count(gatewayId: GatewayId, calls: number): void {
    if ((this.#counts.get(gatewayId) ?? 0) === calls) return;
    if (calls > 0) this.#counts.set(gatewayId, calls);
    else this.#counts.delete(gatewayId);
  }
}
