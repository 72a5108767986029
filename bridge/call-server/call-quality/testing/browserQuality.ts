import type { BrowserQuality } from '../../../../shared/protocol/index.ts';

/** A report of a browser that has nothing to complain of. */
export function browserQuality(change: Partial<BrowserQuality> = {}): BrowserQuality {
  return {
    ...{ roundTripMs: 30, jitterMs: 2, jitterBufferMs: 40, concealedRatio: 0 },
    ...{ packetsReceived: 250, packetsLost: 0, packetsSent: 250 },
    ...{ inputLevel: 0.1, outputLevel: 0.1, codec: 'opus', isRelayed: false, protocol: 'udp' },
    ...change,
  };
}
