import type { CallId } from '../../../shared/domain/index.ts';
import type { BrowserQuality, CallQuality } from '../../../shared/protocol/index.ts';
import { drop, Observable, type Readable, type Timers } from '../../state/index.ts';
import type { Connection } from '../connection/index.ts';
import type { PeerMedia } from '../media/index.ts';
import { readFigures } from './MediaFigures.ts';
import { QualitySampler, sampleEveryMs } from './QualitySampler.ts';

export interface QualityMonitorDeps {
  readonly connection: Pick<Connection, 'request' | 'on' | 'state'>;
  /** Says when `talking` may have changed. */
  readonly call: Pick<Readable<unknown>, 'subscribe'>;
  /** The call that is talked in, and its present connection; null: none. */
  readonly talking: () => {
    readonly callId: CallId;
    readonly media: Pick<PeerMedia, 'isConnected' | 'statistics'>;
    readonly isMuted: boolean;
    /** By either side. */
    readonly isHeld: boolean;
  } | null;
  readonly timers: Timers;
}

/** What is known of the quality of a call. */
export interface QualityView {
  readonly callId: CallId;
  /** As the bridge sees it; null before it said anything. */
  readonly quality: CallQuality | null;
  /** As this browser measured it last. */
  readonly measured: BrowserQuality | null;
}

/** Reports go out after so many samples, and at once when either side falls silent or is heard again. */
const samplesPerReport = 5000 / sampleEveryMs;
/** As the bridge judges: less than one step of a 16-bit sample, and of G.711's. */
const silentLevels = { input: 0.00003, output: 0.0003 } as const;
/** A report that can't be told in this time is out of date. */
const reportDeadlineMs = 4000;

/** Measures the call that is talked in, tells the bridge, and keeps what the bridge makes of it. */
export class QualityMonitor {
  readonly #deps: QualityMonitorDeps;
  readonly #view = new Observable<QualityView | null>(null);
  readonly #stops: readonly (() => void)[];
  #sampler = new QualitySampler();
  #media: object | null = null;
  #samples = 0;
  #silence = 'none';
  #cancelNext: (() => void) | null = null;
  #isClosed = false;

  constructor(deps: QualityMonitorDeps) {
    this.#deps = deps;
    this.#stops = [
      deps.call.subscribe(() => this.#follow()),
      deps.connection.on('stats:quality', (quality) => {
        const { measured = null, callId } = this.#view.get() ?? {};
        this.#view.set({ callId: quality.callId, quality, measured: callId === quality.callId ? measured : null });
      }),
    ];
    this.#follow();
  }

  /** Of the call that was measured last; null: of none yet. */
  get view(): Readable<QualityView | null> {
    return this.#view;
  }

  close(): void {
    this.#isClosed = true;
    for (const stop of this.#stops) stop();
    this.#cancelNext?.();
    this.#cancelNext = null;
  }

  /** Measures while there is something to measure. */
  #follow(): void {
    const isTalking = this.#deps.talking() !== null;
    if (isTalking && this.#cancelNext === null) this.#sampleLater();
    if (isTalking || this.#cancelNext === null) return;
    this.#cancelNext();
    this.#cancelNext = null;
  }

  #sampleLater(): void {
    this.#cancelNext = this.#deps.timers.after(sampleEveryMs, () => {
      this.#sampleLater();
      drop(this.#sample(), 'measuring the audio');
    });
  }

  async #sample(): Promise<void> {
    const front = this.#deps.talking();
    if (front === null || !front.media.isConnected) return;
    const { callId, media } = front;
    if (media !== this.#media) {
      this.#media = media;
      this.#sampler = new QualitySampler();
      this.#samples = 0;
      this.#silence = 'none';
    }
    const figures = readFigures(await media.statistics());
    if (this.#isClosed || this.#media !== media) return;
    this.#sampler.add(figures, { input: !front.isMuted && !front.isHeld, output: !front.isHeld });
    this.#samples += 1;
    const silence = silenceOf(this.#sampler);
    if (this.#samples % samplesPerReport !== 0 && silence === this.#silence) return;
    this.#silence = silence;
    this.#report(callId);
  }

  #report(callId: CallId): void {
    const measured = this.#sampler.report();
    if (measured === null) return;
    const { quality = null } = this.#view.get() ?? {};
    this.#view.set({ callId, measured, quality: quality?.callId === callId ? quality : null });
    const { connection } = this.#deps;
    if (connection.state.get().kind !== 'ready') return;
    // The next one tells the same and more; a call that has ended meanwhile needs none.
    connection
      .request('stats:report', { callId, quality: measured }, { deadlineMs: reportDeadlineMs })
      .catch(() => undefined);
  }
}

function silenceOf({ inputLevel, outputLevel }: QualitySampler): 'none' | 'input' | 'output' | 'both' {
  const isInput = inputLevel !== null && inputLevel < silentLevels.input;
  const isOutput = outputLevel !== null && outputLevel < silentLevels.output;
  if (isInput) return isOutput ? 'both' : 'input';
  return isOutput ? 'output' : 'none';
}
