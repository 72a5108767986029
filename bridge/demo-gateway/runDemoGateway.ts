import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import type { Clock, Logger } from '../observability/index.ts';
import { createSipTransportLayer, type SipTransportLayer } from '../sip-stack/transport/index.ts';
import { loadSounds } from './audio/Sounds.ts';
import { DemoExchange } from './calls/DemoExchange.ts';
import type { DemoGateway, DemoGatewayOptions } from './DemoGateway.ts';
import { demoNumbers } from './demoNumbers.ts';
import { MediaSession } from './media/MediaSession.ts';
import { Pacer } from './media/Pacer.ts';
import { RtpPorts } from './media/RtpPorts.ts';

const MAX_CALLS = 100;
const MAX_PORT_ATTEMPTS = 10;

export interface RunDemoGatewayDeps {
  readonly logger: Logger;
  /** Steady, see `steadyClock`. */
  readonly clock: Clock;
}

/** The demo gateway in this very thread. `startDemoGateway` gives it one of its own. */
export async function runDemoGateway(deps: RunDemoGatewayDeps, options: DemoGatewayOptions): Promise<DemoGateway> {
  const { logger, clock } = deps;
  const sounds = await loadSounds();
  const pacer = new Pacer(clock);
  const ports = new RtpPorts({ host: options.host, range: options.rtpPortRange ?? null });
  const layer = await listen(deps, options);
  const exchange = new DemoExchange(
    {
      layer,
      clock,
      logger,
      sounds,
      randomBytes,
      openMedia: async (mode) => {
        const sockets = await ports.openPair();
        return new MediaSession({ clock, wallClockMs: Date.now, randomBytes, pacer, sockets }, { mode });
      },
    },
    { maxCalls: options.maxCalls ?? MAX_CALLS },
  );
  return {
    host: options.host,
    port: layer.bound[0]?.port ?? options.port,
    numbers: demoNumbers,
    holdings: async () => ({
      ...layer.holdings(),
      calls: exchange.size,
      sockets: ports.open,
      streams: pacer.size,
    }),
    close: async () => {
      await exchange.close();
      await layer.close();
    },
  };
}

/** UDP and TCP on one port: a free one of the one kind may be taken for the other, then another is tried. */
async function listen(deps: RunDemoGatewayDeps, { host, port }: DemoGatewayOptions): Promise<SipTransportLayer> {
  for (let attempt = 0; attempt < MAX_PORT_ATTEMPTS; attempt += 1) {
    const layer = await createSipTransportLayer(
      { ...deps, randomBytes, lookup },
      {
        listen: [
          { transport: 'tcp', host, port },
          { transport: 'udp', host, port },
        ],
      },
    );
    if (new Set(layer.bound.map((listener) => listener.port)).size === 1) return layer;
    await layer.close();
  }
  throw new Error('no port is free for both UDP and TCP');
}
