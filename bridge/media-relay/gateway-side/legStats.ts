import type { GatewayLegStats } from '../port/index.ts';
import { estimateMos } from '../quality/index.ts';
import type { GatewaySide } from './GatewaySide.ts';

/** What is measured of a gateway's side; zeros before it has a leg. */
export async function legStats(side: GatewaySide): Promise<GatewayLegStats> {
  const leg = await side.existingLeg()?.catch(() => null);
  const measured = await leg?.statistics();
  if (!measured) {
    return {
      packetsIn: 0,
      packetsOut: 0,
      packetsLost: 0,
      jitterMs: 0,
      roundTripMs: null,
      isEncrypted: false,
      packetsRejected: 0,
      mos: null,
    };
  }
  const { codec } = side;
  return { ...measured, mos: codec === null ? null : estimateMos({ codec, ...measured }) };
}
