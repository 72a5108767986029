import type { Gateway, RouteStrategy } from '../../../shared/admin/index.ts';
import type { BrandId, CodecName, GatewayId, NumberType, RouteId } from '../../../shared/domain/index.ts';

/** A call that wants a way to the telephone network. */
export interface SelectionRequest {
  /** E.164, or the digits of an emergency number. */
  readonly calledNumber: string;
  /** Kind of number, for routes; null: unknown. */
  readonly type: NumberType | null;
  /** Emergency routing: these, in this order, whatever speaks against them; null: by selection. */
  readonly gatewayIds: readonly GatewayId[] | null;
  readonly caller: { readonly brandId: BrandId; readonly groups: readonly string[] };
  /** What the other side of the call speaks; null: unknown, nothing is dropped for it. */
  readonly codecs: readonly CodecName[] | null;
  /** For opening hours, in milliseconds since the epoch; absent: now. */
  readonly atMs?: number;
}

/** One step of the choice: which gateways it dropped, and why in words. */
export interface SelectionStep {
  readonly step: 'emergency' | 'route' | 'enabled' | 'prefix' | 'hours' | 'media' | 'healthy' | 'capacity' | 'order';
  readonly dropped: readonly { readonly gatewayId: GatewayId; readonly why: string }[];
  /** What the step says of those that it kept. */
  readonly note?: string;
}

/** Kept in the call's record. */
export interface GatewaySelection {
  /** In the order in which they are to be tried. */
  readonly candidates: readonly Gateway[];
  readonly steps: readonly SelectionStep[];
  /** Route that decided; null: none matched, or none was asked. */
  readonly routeId: RouteId | null;
  /** How they were put in order; null: as somebody named them. */
  readonly strategy: RouteStrategy | null;
}
