import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { GatewayMedia, MediaSession } from '../port/index.ts';
import { BaresipPhone, hasBaresip } from '../test-peers/BaresipPhone.ts';
import { SipInvite } from '../test-peers/SipInvite.ts';
import { notesIn } from './testing/notesIn.ts';
import { hasWorker, RelayBench } from './testing/RelayBench.ts';

const until = { timeout: 15_000, interval: 100 };

describe.skipIf(!hasWorker || !hasBaresip)('Telephones that aren’t ours', { timeout: 40_000 }, () => {
  let bench: RelayBench;

  beforeAll(async () => {
    bench = await RelayBench.open([41_370, 41_399]);
  });
  afterAll(() => bench.close());
  afterEach(() => bench.clear());

  /** A telephone with a tone, and the session that called it. */
  async function calling(options: {
    codec: 'PCMU' | 'opus';
    toneHz: number;
    srtp?: NonNullable<GatewayMedia['srtp']>;
  }): Promise<{ session: MediaSession; phone: BaresipPhone }> {
    const { codec, toneHz, srtp = 'off' } = options;
    const encryption = srtp === 'off' ? {} : { mediaEncryption: 'srtp-mand' };
    const phone = bench.keep(await BaresipPhone.start({ toneHz, codec, ...encryption }));
    const session = bench.keep(bench.relay.createSession({ callId: 'c', codecs: ['opus', 'PCMU'] }));
    const offer = await session.createGatewayOffer({ codecs: [codec], srtp });
    const { invite, answer } = await SipInvite.call(phone.port, offer);
    bench.keep(invite);
    await session.applyGatewayAnswer(answer);
    return { session, phone };
  }

  const notesHeard = async (phone: BaresipPhone): Promise<number[]> => {
    const heard = await phone.heard();
    return heard === null ? [] : notesIn(heard);
  };

  it.each([
    ['PCMU', 'off'],
    ['PCMU', 'required'],
    ['opus', 'off'],
  ] as const)('hear the melody on hold, in %s with SRTP %s', async (codec, srtp) => {
    const { session, phone } = await calling({ codec, toneHz: 440, srtp });
    session.setGate(false);
    session.play('music');
    // E5, G5, C5, D5, E5, A4.
    await vi.waitFor(
      async () => expect((await notesHeard(phone)).join(' ')).toContain('659 784 523 587 659 440'),
      until,
    );
  });

  it('hear ringback, and then silence', async () => {
    const { session, phone } = await calling({ codec: 'PCMU', toneHz: 440 });
    session.play('ringback');
    await vi.waitFor(async () => expect(await phone.heardHz()).toBeCloseTo(425, -1.5), until);
    session.play('silence');
    await vi.waitFor(async () => expect(await phone.heardHz()).toBeNull(), until);
  });

  it.each(['PCMU', 'opus'] as const)('hear each other in %s once their calls are joined', async (codec) => {
    const low = await calling({ codec, toneHz: 440 });
    const high = await calling({ codec, toneHz: 880 });
    low.session.play('music');
    await bench.relay.join(low.session, high.session);
    await vi.waitFor(async () => {
      expect(await low.phone.heardHz()).toBeCloseTo(880, -2);
      expect(await high.phone.heardHz()).toBeCloseTo(440, -2);
    }, until);
  });
});
