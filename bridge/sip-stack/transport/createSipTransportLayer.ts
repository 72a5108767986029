import type { SipTransportLayer, SipTransportLayerDeps, SipTransportLayerOptions } from './SipTransportLayer.ts';
import { TransportLayer } from './TransportLayer.ts';

/** Binds every listener; rejects, with all of them closed again, when one can't be bound. */
export async function createSipTransportLayer(
  deps: SipTransportLayerDeps,
  options: SipTransportLayerOptions,
): Promise<SipTransportLayer> {
  return TransportLayer.create(deps, options);
}
