import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { FakeClock } from '../../../observability/FakeClock.ts';
import type { Logger } from '../../../observability/index.ts';
import { createSipTransportLayer } from '../createSipTransportLayer.ts';
import type { SipTransportLayer, SipTransportLayerOptions } from '../SipTransportLayer.ts';

export const SILENT_LOGGER: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => SILENT_LOGGER };

/** A layer on loopback, UDP and TCP, with time in the test's hand. */
export async function makeLayer(
  options: Partial<SipTransportLayerOptions> = {},
): Promise<{ layer: SipTransportLayer; clock: FakeClock; udpPort: number; tcpPort: number }> {
  const clock = new FakeClock();
  const layer = await createSipTransportLayer(
    { clock, logger: SILENT_LOGGER, randomBytes, lookup },
    {
      listen: [
        { transport: 'udp', host: '127.0.0.1', port: 0 },
        { transport: 'tcp', host: '127.0.0.1', port: 0 },
      ],
      ...options,
    },
  );
  const portOf = (transport: string) => layer.bound.find((listener) => listener.transport === transport)?.port ?? 0;
  return { layer, clock, udpPort: portOf('udp'), tcpPort: portOf('tcp') };
}
