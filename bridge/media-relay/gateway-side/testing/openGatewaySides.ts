import { expect } from 'vitest';
import type { CodecName } from '../../../../shared/domain/index.ts';
import { DtlsHandshakes } from '../../dtls/index.ts';
import type { GatewayAnswer } from '../../port/index.ts';
import { RtpLegPool } from '../../rtp-leg/index.ts';
import { GatewaySide } from '../GatewaySide.ts';

/** Gateways' sides of calls, on ports of the range. Close what a test made by `closeAll`, and the whole by `close`. */
export async function openGatewaySides(
  portRange: readonly [number, number],
  addresses: readonly string[] = ['127.0.0.1'],
) {
  let lastRandom = 0;
  const randomInt = (): number => {
    lastRandom += 1;
    return lastRandom;
  };
  const logger = { warn() {}, error() {} };
  const legs = await RtpLegPool.create({ logger, randomInt }, { addresses, portRange, threads: 1, spares: 1 });
  const dtls = new DtlsHandshakes({ logger });
  const open: GatewaySide[] = [];
  return {
    gatewaySide(
      codecs: readonly CodecName[] = ['opus', 'PCMA', 'PCMU'],
      onDirectionChanged: (direction: GatewayAnswer['direction']) => void = () => {},
    ): GatewaySide {
      const side = new GatewaySide(
        {
          legs,
          addresses: addresses.map((listenAddress) => ({
            listenAddress,
            announcedAddress: listenAddress === '127.0.0.1' ? '203.0.113.1' : null,
          })),
          randomInt,
          dtls,
          randomBytes: (length) => Buffer.alloc(length, randomInt()),
          resolveHost: async (host) => {
            if (host === 'media.example') return '192.0.2.44';
            throw new Error('not found');
          },
        },
        { codecs: () => codecs, onDirectionChanged },
      );
      open.push(side);
      return side;
    },
    async closeAll(): Promise<void> {
      await Promise.all(open.splice(0).map((side) => side.close()));
      expect(await legs.countLegs()).toBe(0);
    },
    close: async () => {
      await Promise.all([legs.close(), dtls.close()]);
    },
  };
}

/** An offer or answer of a gateway. */
export function description(options: {
  readonly port?: number;
  readonly payloads?: string;
  readonly address?: string;
  readonly protocol?: string;
  readonly lines?: readonly string[];
}): string {
  const address = options.address ?? '192.0.2.9';
  return [
    'v=0',
    'o=gw 1 1 IN IP4 192.0.2.9',
    's=-',
    `c=IN ${address.includes(':') ? 'IP6' : 'IP4'} ${address}`,
    't=0 0',
    `m=audio ${options.port ?? 5000} ${options.protocol ?? 'RTP/AVP'} ${options.payloads ?? '0 101'}`,
    'a=rtpmap:101 telephone-event/8000',
    ...(options.lines ?? []),
    '',
  ].join('\r\n');
}
