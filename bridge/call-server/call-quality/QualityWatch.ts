import type { QualityPoint } from '../../../shared/admin/index.ts';
import type { BrowserQuality, CallQuality, QualityProblem } from '../../../shared/protocol/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../../observability/index.ts';
import type { CallWatch, WatchedCall } from '../call-handler/index.ts';
import { CallMeters } from './CallMeters.ts';
import { SilenceLatch, ThresholdLatch } from './ProblemLatch.ts';
import { networkThresholds, problemOrder, silenceLevels, strengthOf } from './qualityThresholds.ts';

export interface QualityWatchDeps {
  readonly call: WatchedCall;
  /** Is given the figures of each look. */
  readonly onMeasured?: (point: QualityPoint) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Each report of the browser is compared with the relay's figures of that moment; without one these are looked at alone. */
const lookWithoutReportMs = 6500;
/** Between two messages to the client that bring no new problem, in milliseconds. */
const tellEveryMs = 5000;

type OneWay = Extract<QualityProblem, 'notHeard' | 'otherNotHeard'>;

/** How good the audio of one call is, from its answer to its end: says so to the client and in the call's events. */
export class QualityWatch implements CallWatch {
  readonly #deps: QualityWatchDeps;
  readonly #meters = new CallMeters();
  readonly #gatewayLoss = new ThresholdLatch(networkThresholds.gatewayLoss);
  readonly #oneWay = new Set<OneWay>();
  #ofBrowser = latchesOfBrowser();
  #problems: readonly QualityProblem[] = [];
  /** Those of them that are in the record. */
  #recorded: readonly QualityProblem[] = [];
  #told: CallQuality | null = null;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #lookTimer: Timer | undefined;
  #tellTimer: Timer | undefined;
  #isClosed = false;

  constructor(deps: QualityWatchDeps) {
    this.#deps = deps;
    this.#lookLater();
    const { media } = deps.call;
    media.on('audioStopped', ({ from }) => this.#setOneWay(from, true));
    media.on('audioResumed', ({ from }) => this.#setOneWay(from, false));
    media.on('browserReplaced', () => this.#browserReplaced());
  }

  /** What the browser measured, each few seconds. */
  reported(report: BrowserQuality): void {
    if (this.#isClosed) return;
    const { isMuted } = this.#deps.call.reporter.status;
    const isTalking = this.#isTalking;
    this.#ofBrowser.microphoneSilent.see(isTalking && !isMuted ? report.inputLevel : null);
    this.#ofBrowser.otherSilent.see(isTalking ? report.outputLevel : null);
    drop(this.#look(report), this.#deps.logger, 'looking at the audio of a call');
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { clock, call } = this.#deps;
    clock.clearTimeout(this.#lookTimer);
    clock.clearTimeout(this.#tellTimer);
    const mos = this.#meters.mosOnTheWhole;
    if (Object.values(mos).some((score) => score !== null)) call.reporter.event('qualityMeasured', { ...mos });
  }

  #lookLater(): void {
    const { clock, logger } = this.#deps;
    clock.clearTimeout(this.#lookTimer);
    this.#lookTimer = clock.setTimeout(
      () => drop(this.#look(null), logger, 'looking at the audio of a call'),
      lookWithoutReportMs,
    );
  }

  async #look(report: BrowserQuality | null): Promise<void> {
    this.#lookLater();
    const { media, reporter } = this.#deps.call;
    if (reporter.status.answeredAt === null) return;
    // Of direct media the relay sees nothing.
    const stats = reporter.status.mediaWay === 'relay' ? await media.stats() : null;
    if (this.#isClosed) return;
    if (stats !== null) this.#meters.measured(stats);
    // A page that knows nothing yet.
    if (this.#meters.compared(report, stats)) this.#toldAtMs = Number.NEGATIVE_INFINITY;
    this.#deps.onMeasured?.(this.#meters.pointAt(this.#deps.clock.now()));
    this.#seeNetwork();
    this.#judge();
  }

  #seeNetwork(): void {
    const { signs } = this.#meters;
    this.#ofBrowser.networkLoss.see(signs.lossPercent);
    this.#ofBrowser.networkJitter.see(signs.jitterMs);
    this.#ofBrowser.networkDelay.see(signs.roundTripMs);
    this.#gatewayLoss.see(signs.gatewayLossPercent);
  }

  /** A page that was reloaded, or another device, has a network and a microphone of its own. Whether it is heard the relay says. */
  #browserReplaced(): void {
    if (this.#isClosed || this.#deps.call.reporter.status.answeredAt === null) return;
    this.#meters.browserReplaced();
    this.#ofBrowser = latchesOfBrowser();
    this.#told = null;
    this.#toldAtMs = Number.NEGATIVE_INFINITY;
    this.#problems = this.#present();
    this.#recorded = this.#recorded.filter((problem) => this.#problems.includes(problem));
    if (this.#problems.length > 0) this.#tell();
  }

  #setOneWay(from: 'browser' | 'gateway', isStopped: boolean): void {
    if (this.#isClosed) return;
    const problem = from === 'browser' ? 'notHeard' : 'otherNotHeard';
    if (isStopped) this.#oneWay.add(problem);
    else this.#oneWay.delete(problem);
    this.#judge();
  }

  get #isTalking(): boolean {
    const { status } = this.#deps.call.reporter;
    return status.state === 'established' && !status.isOnHold && !status.isHeldByOther;
  }

  #judge(): void {
    if (this.#deps.call.reporter.status.answeredAt === null) return;
    const before = this.#problems;
    this.#problems = this.#present();
    this.#record();
    if (this.#problems.some((problem) => !before.includes(problem))) this.#tell();
    else this.#tellSoon();
  }

  /** Whoever just listens needs no line in the record. */
  #record(): void {
    const { signs, mos } = this.#meters;
    const before = this.#recorded;
    const { isLasting } = this.#ofBrowser.otherSilent;
    this.#recorded = this.#problems.filter((problem) => problem !== 'otherSilent' || isLasting);
    for (const problem of this.#recorded)
      if (!before.includes(problem)) this.#deps.call.reporter.event('qualityWarned', { problem, ...signs, mos });
  }

  #present(): QualityProblem[] {
    const isTalking = this.#isTalking;
    const isOtherStopped = this.#oneWay.has('otherNotHeard');
    const { networkLoss, networkJitter, networkDelay, microphoneSilent, otherSilent } = this.#ofBrowser;
    const isThere: Readonly<Record<QualityProblem, boolean>> = {
      notHeard: isTalking && this.#oneWay.has('notHeard'),
      otherNotHeard: isTalking && isOtherStopped,
      microphoneSilent: isTalking && microphoneSilent.isOn,
      // Where nothing arrives, that is more than silence.
      otherSilent: isTalking && !isOtherStopped && otherSilent.isOn,
      networkLoss: networkLoss.isOn,
      networkJitter: networkJitter.isOn,
      networkDelay: networkDelay.isOn,
      gatewayLoss: this.#gatewayLoss.isOn,
    };
    return problemOrder.filter((problem) => isThere[problem]);
  }

  #tellSoon(): void {
    const { clock } = this.#deps;
    const dueInMs = this.#toldAtMs + tellEveryMs - clock.now();
    if (!this.#isChanged() || this.#tellTimer !== undefined) return;
    if (dueInMs <= 0) {
      this.#tell();
      return;
    }
    this.#tellTimer = clock.setTimeout(() => {
      this.#tellTimer = undefined;
      if (this.#isChanged()) this.#tell();
    }, dueInMs);
  }

  #isChanged(): boolean {
    if (this.#toldAtMs === Number.NEGATIVE_INFINITY) return true;
    return JSON.stringify(roughly(this.#quality)) !== JSON.stringify(this.#told && roughly(this.#told));
  }

  #tell(): void {
    const { clock, call } = this.#deps;
    clock.clearTimeout(this.#tellTimer);
    this.#tellTimer = undefined;
    this.#told = this.#quality;
    this.#toldAtMs = clock.now();
    call.reporter.progressed({ mos: this.#told.mos });
    call.notify('stats:quality', this.#told);
  }

  get #quality(): CallQuality {
    const { mos, roundTripMs, signs } = this.#meters;
    const { callId } = this.#deps.call.reporter.status;
    const strength = strengthOf(mos, this.#problems, this.#told?.strength);
    const { lossPercent } = signs;
    return { callId, strength, mos, roundTripMs, lossPercent, problems: [...this.#problems] };
  }
}

/** Of what one connection of the browser tells. */
function latchesOfBrowser() {
  return {
    networkLoss: new ThresholdLatch(networkThresholds.networkLoss),
    networkJitter: new ThresholdLatch(networkThresholds.networkJitter),
    networkDelay: new ThresholdLatch(networkThresholds.networkDelay),
    microphoneSilent: new SilenceLatch(silenceLevels.microphone),
    otherSilent: new SilenceLatch(silenceLevels.other),
  };
}

/** As far as a person would see a difference. */
function roughly({ mos, roundTripMs, lossPercent, ...rest }: CallQuality): object {
  const scores = Object.values(mos).map((score) => (score === null ? null : Math.round(score * 10)));
  return {
    ...rest,
    scores,
    loss: Math.round(lossPercent ?? 0),
    roundTrip: roundTripMs === null ? null : Math.round(roundTripMs / 20),
  };
}
