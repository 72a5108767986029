import type { CallQuality } from '../../../../shared/protocol/index.ts';
import { FakeClock } from '../../../observability/FakeClock.ts';
import { RecordingLogger } from '../../../observability/RecordingLogger.ts';
import { HandlerBench } from '../../call-handler/testing/HandlerBench.ts';
import { CallQualities } from '../CallQualities.ts';
import { browserQuality } from './browserQuality.ts';

/** A call in which a test says what relay and browser measure. */
export class QualityBench {
  readonly bench: HandlerBench;
  readonly relay = { packetsIn: 0, packetsOut: 0, packetsLost: 0, jitterMs: 1, roundTripMs: 20 };
  readonly gateway = { ...this.relay, isEncrypted: false, mos: null, heard: { packetsLost: 0, jitterMs: 1 } };
  readonly #qualities: CallQualities;
  readonly #report = browserQuality({ packetsReceived: 0, packetsSent: 0 });

  private constructor() {
    const clock = new FakeClock();
    this.#qualities = new CallQualities({ clock, logger: new RecordingLogger() });
    this.bench = new HandlerBench({ clock, watchers: [this.#qualities.watch] });
    this.bench.media.stats = async () => structuredClone({ codec: 'opus', browser: this.relay, gateway: this.gateway });
  }

  static async establish(): Promise<QualityBench> {
    const made = new QualityBench();
    await made.bench.establish();
    return made;
  }

  get media(): HandlerBench['media'] {
    return this.bench.media;
  }

  told(): CallQuality[] {
    return this.bench.channel.others
      .filter((line) => line.startsWith('stats:quality '))
      .map((line) => JSON.parse(line.slice('stats:quality '.length)) as CallQuality);
  }

  problems(): readonly string[] {
    return this.told().at(-1)?.problems ?? [];
  }

  warned(): unknown[] {
    return this.bench.events.filter(({ type }) => type === 'qualityWarned').map(({ problem }) => problem);
  }

  /** As at the beginning of a connection of the browser. */
  restartCounts(): void {
    Object.assign(this.relay, { packetsIn: 0, packetsOut: 0, packetsLost: 0 });
    Object.assign(this.#report, { packetsReceived: 0, packetsSent: 0 });
  }

  /** Five seconds of audio, of which so many packets on the way from the browser are lost, and what the browser says then. */
  async talk({ lost = 0, ...change }: { lost?: number } & Parameters<typeof browserQuality>[0] = {}): Promise<void> {
    await this.bench.clock.advanceAsync(5000);
    for (const side of [this.relay, this.gateway]) {
      side.packetsIn += 250;
      side.packetsOut += 250;
    }
    this.relay.packetsIn -= lost;
    this.relay.packetsLost += lost;
    this.#report.packetsReceived += 250;
    this.#report.packetsSent += 250;
    this.#qualities.reported(this.bench.handler.status.callId, { ...this.#report, ...change });
    await this.bench.settle();
  }
}
