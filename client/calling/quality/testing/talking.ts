import type { BrowserQuality } from '../../../../shared/protocol/index.ts';
import { dialled } from '../../testing/dialled.ts';
import type { FakeMedia } from '../../testing/FakeMedia.ts';

const samplesPerSecond = 48_000;
const packetsPerSecond = 50;

/** A telephone whose call is answered; a test says how loud it is on either side, and what had to be made up of what is heard. */
export async function talking() {
  const made = await dialled();
  await made.tell({ state: 'established', answeredAt: 1 });
  const media = made.media.at(-1) as FakeMedia;
  media.isConnected = true;
  const { timers, transport } = made;
  const reported: { readonly atMs: number; readonly quality: BrowserQuality }[] = [];
  transport.answers.set('stats:report', ({ quality }) => {
    reported.push({ atMs: timers.now(), quality: quality as BrowserQuality });
    return { ok: true, data: {} };
  });
  const counted = { seconds: 0, input: 0, output: 0, received: 0, lost: 0, concealed: 0, silent: 0 };
  /** Of the present second: levels, and shares of what is played. */
  const now = { input: 0.1, output: 0.1, lost: 0, concealed: 0.01, silent: 0 };
  let sinceMs = timers.now();
  const count = () => {
    const seconds = (timers.now() - sinceMs) / 1000;
    sinceMs = timers.now();
    counted.seconds += seconds;
    counted.input += seconds * now.input ** 2;
    counted.output += seconds * now.output ** 2;
    counted.lost += seconds * packetsPerSecond * now.lost;
    counted.received += seconds * packetsPerSecond * (1 - now.lost);
    counted.concealed += seconds * samplesPerSecond * (now.concealed + now.silent);
    counted.silent += seconds * samplesPerSecond * now.silent;
  };
  media.statistics = async () => {
    count();
    return new Map<string, unknown>([
      ['S', { type: 'media-source', totalAudioEnergy: counted.input, totalSamplesDuration: counted.seconds }],
      ['I', { type: 'inbound-rtp', ...inbound(counted) }],
    ]) as unknown as RTCStatsReport;
  };
  return {
    ...made,
    media,
    /** Lets so many seconds pass in which it is like this. */
    async pass(seconds: number, change: Partial<typeof now> = {}) {
      count();
      Object.assign(now, change);
      await timers.advance(seconds * 1000);
    },
    /** The numbers of so many packets are found to be missing. */
    lose(packets: number) {
      counted.lost += packets;
    },
    reported,
    reports: () => reported.map(({ quality }) => quality),
  };
}

function inbound(counted: Record<'seconds' | 'output' | 'received' | 'lost' | 'concealed' | 'silent', number>) {
  return {
    packetsReceived: Math.round(counted.received),
    packetsLost: Math.round(counted.lost),
    totalSamplesReceived: counted.seconds * samplesPerSecond,
    concealedSamples: counted.concealed,
    silentConcealedSamples: counted.silent,
    totalAudioEnergy: counted.output,
    totalSamplesDuration: counted.seconds,
  };
}
