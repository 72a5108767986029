import { randomBytes, randomInt } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DtlsHandshakes } from '../dtls/index.ts';
import type { GatewayMedia } from '../port/index.ts';
import { RtpLegPool } from '../rtp-leg/index.ts';
import { srtpSuiteNames } from '../srtp/index.ts';
import { BaresipPhone, hasBaresip } from '../test-peers/BaresipPhone.ts';
import { SipInvite } from '../test-peers/SipInvite.ts';
import { LegToLegSession } from './LegToLegSession.ts';

const until = { timeout: 8000, interval: 100 };

describe.skipIf(!hasBaresip)('Two telephones that aren’t ours, connected leg to leg', { timeout: 30_000 }, () => {
  let legs: RtpLegPool;
  let dtls: DtlsHandshakes;
  const opened: { close(): unknown }[] = [];
  const keep = <T extends { close(): unknown }>(one: T): T => {
    opened.push(one);
    return one;
  };

  beforeEach(async () => {
    dtls = new DtlsHandshakes({ logger: { warn() {} } });
    legs = await RtpLegPool.create(
      { logger: { warn() {}, error() {} }, randomInt },
      { addresses: ['127.0.0.1'], portRange: [41_400, 41_419], threads: 1, spares: 0 },
    );
  });
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
    await legs.close();
    await dtls.close();
  });

  /** One at 440 Hz, the other at 880 Hz; each must hear the other. */
  async function connect(
    first: { encryption?: string; srtp: NonNullable<GatewayMedia['srtp']> },
    second: { encryption?: string; srtp: NonNullable<GatewayMedia['srtp']> },
    change: (offer: string) => string = (offer) => offer,
  ) {
    const start = (toneHz: number, encryption: string | undefined) =>
      BaresipPhone.start({ toneHz, ...(encryption === undefined ? {} : { mediaEncryption: encryption }) });
    const low = keep(await start(440, first.encryption));
    const high = keep(await start(880, second.encryption));
    const session = keep(
      new LegToLegSession(
        {
          legs,
          randomInt: (limit) => randomInt(limit),
          dtls,
          randomBytes,
          addresses: [{ listenAddress: '127.0.0.1', announcedAddress: null }],
          resolveHost: async (host) => host,
          onClosed: () => {},
        },
        { callId: 'c' },
      ),
    );
    const invite = async (side: typeof session.incoming, phone: BaresipPhone, srtp: GatewayMedia['srtp']) => {
      const offer = await side.createGatewayOffer({ codecs: ['PCMU'], ...(srtp === undefined ? {} : { srtp }) });
      const { invite: call, answer } = await SipInvite.call(phone.port, change(offer));
      keep(call);
      await side.applyGatewayAnswer(answer);
    };
    await invite(session.outgoing, high, second.srtp);
    await invite(session.incoming, low, first.srtp);
    await vi.waitFor(async () => {
      expect(await low.heardHz()).toBeCloseTo(880, -2);
      expect(await high.heardHz()).toBeCloseTo(440, -2);
    }, until);
    const { incoming, outgoing } = await session.stats();
    // baresip opens its ports with a control packet in the clear, which is rightly dropped.
    for (const side of [incoming, outgoing]) {
      expect(side.packetsIn).toBeGreaterThan(5);
      expect(side.packetsRejected).toBeLessThan(5);
    }
    return [incoming.isEncrypted, outgoing.isEncrypted];
  }

  it('hear each other, one with SRTP required and one with SRTP where it is offered', async () => {
    expect(
      await connect({ encryption: 'srtp-mand', srtp: 'required' }, { encryption: 'srtp', srtp: 'offered' }),
    ).toEqual([true, true]);
  });

  it('hear each other, one with SRTP and one without', async () => {
    expect(await connect({ encryption: 'srtp-mand', srtp: 'required' }, { srtp: 'offered' })).toEqual([true, false]);
  });

  it('hear each other, one with keys by DTLS and one without', async () => {
    expect(await connect({ encryption: 'dtls_srtp', srtp: 'dtls' }, { srtp: 'off' })).toEqual([true, false]);
  });

  it.each(srtpSuiteNames)('hear each other with %s alone', async (suite) => {
    const only = (offer: string) =>
      offer
        .split('\r\n')
        .filter((line) => !line.startsWith('a=crypto') || line.includes(` ${suite} `))
        .join('\r\n');
    const phone = { encryption: 'srtp-mand', srtp: 'required' } as const;
    expect(await connect(phone, phone, only)).toEqual([true, true]);
  });

  it('don’t, where the telephone wants encryption and we don’t', async () => {
    await expect(connect({ encryption: 'srtp-mand', srtp: 'off' }, { srtp: 'off' })).rejects.toThrow();
  });
});
