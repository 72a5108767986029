import type { CallId } from '../../../shared/domain/index.ts';
import type { BrowserQuality, CallQuality } from '../../../shared/protocol/index.ts';
import { drop, Observable, type Readable, type Timers } from '../../state/index.ts';
import type { Connection } from '../connection/index.ts';
import type { PeerMedia } from '../media/index.ts';
import { readFigures } from './MediaFigures.ts';
import { QualitySampler } from './QualitySampler.ts';

export interface QualityMonitorDeps {
  readonly connection: Pick<Connection, 'request' | 'on' | 'state'>;
  /** Says when `talking` may have changed. */
  readonly call: Pick<Readable<unknown>, 'subscribe'>;
  /** The call that is talked in, and its present connection; null: none. */
  readonly talking: () => {
    readonly callId: CallId;
    readonly media: Pick<PeerMedia, 'isConnected' | 'statistics'>;
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

const sampleEveryMs = 1000;
/** Reports go out after so many samples, and at once when the microphone falls silent or is heard again. */
const samplesPerReport = 5;
/** Less than one step of a 16-bit sample. */
const silentLevel = 0.00003;
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
  #wasSilent = false;
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
      this.#wasSilent = false;
    }
    const figures = readFigures(await media.statistics());
    if (this.#isClosed || this.#media !== media) return;
    this.#sampler.add(figures);
    this.#samples += 1;
    const level = this.#sampler.inputLevel;
    const isSilent = level !== null && level < silentLevel;
    if (this.#samples % samplesPerReport !== 0 && isSilent === this.#wasSilent) return;
    this.#wasSilent = isSilent;
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
