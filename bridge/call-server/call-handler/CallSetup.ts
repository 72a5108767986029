import { EventEmitter } from 'node:events';
import type { Gateway } from '../../../shared/admin/index.ts';
import type { Clock, Timer } from '../../observability/index.ts';
import type { GatewayLeg } from './gateway-leg/index.ts';
import type { CallReporter } from './reports/CallReporter.ts';
import { recordAttempts } from './reports/recordAttempts.ts';
import { reportAnswer, reportCodec } from './reports/reportAnswer.ts';

export interface CallSetupDeps {
  readonly gatewayLeg: GatewayLeg;
  readonly reporter: CallReporter;
  readonly clock: Clock;
}

export interface CallSetupOptions {
  /** From the first 18x to the answer, where the gateway has no time of its own. */
  readonly ringTimeoutMs: number;
}

export interface CallSetupEvents {
  /** It rang for as long as it may. */
  unanswered: [];
  /** The two can talk, from this time on. At most once. */
  answered: [atMs: number];
}

/**
 * The way of a call from its first INVITE to the answer, as the gateways tell it. The caller sees one ringing, however many
 * gateways rang.
 */
export class CallSetup extends EventEmitter<CallSetupEvents> {
  readonly #deps: CallSetupDeps;
  readonly #options: CallSetupOptions;
  #ringTimer: Timer | undefined;
  #ringTimeoutMs: number;
  #firstProgressAtMs: number | null = null;
  #hasRung = false;

  constructor(deps: CallSetupDeps, options: CallSetupOptions) {
    super();
    this.#deps = deps;
    this.#options = options;
    this.#ringTimeoutMs = options.ringTimeoutMs;
    const { gatewayLeg, reporter } = deps;
    gatewayLeg.on('gatewayTried', (gateway) => this.#gatewayTried(gateway));
    gatewayLeg.on('progressed', (progress) => this.#progressed(progress));
    gatewayLeg.on('codecAgreed', (codec) => reportCodec(reporter, codec));
    gatewayLeg.on('answered', () => this.#answered());
    recordAttempts(gatewayLeg, reporter);
  }

  /** When the caller first heard that something happens (ringing, early media, answer); null before. */
  get firstProgressAtMs(): number | null {
    return this.#firstProgressAtMs;
  }

  /** Nobody waits for an answer any more. Idempotent. */
  stopRinging(): void {
    this.#deps.clock.clearTimeout(this.#ringTimer);
    this.#ringTimer = undefined;
  }

  #gatewayTried(gateway: Gateway): void {
    const { reporter } = this.#deps;
    const { state: before, hasEarlyMedia } = reporter.status;
    const tried = reporter.stateAfter('gatewayTried');
    // After early media of a gateway that failed: it has rung once, and it goes on ringing.
    const state = tried === 'dialing' && this.#hasRung ? 'ringing' : tried;
    reporter.progressed({ gatewayId: gateway.id, state });
    if (state !== before || hasEarlyMedia) reporter.change({ state, hasEarlyMedia: false });
    reporter.event('gatewayTried', { gatewayId: gateway.id });
    this.#ringTimeoutMs = gateway.timeouts.ringMs ?? this.#options.ringTimeoutMs;
    this.stopRinging();
  }

  #progressed({ status, hasAudio }: { status: number; hasAudio: boolean }): void {
    const { reporter } = this.#deps;
    if (reporter.status.state === 'disconnecting') return;
    this.#waitForAnswer();
    const isRinging = status === 180 || status === 182;
    if (isRinging) this.#hasRung = true;
    if (!hasAudio && !isRinging) {
      reporter.event('progressed', { sipStatus: status });
      return;
    }
    const state = reporter.stateAfter(hasAudio ? 'earlyMediaOpened' : 'rang');
    if (state === reporter.status.state) return;
    reporter.progressed({ state });
    reporter.change({ state, hasEarlyMedia: reporter.status.hasEarlyMedia || hasAudio });
    reporter.event(hasAudio ? 'earlyMediaOpened' : 'ringing', { sipStatus: status });
  }

  /**
   * Whatever the gateway says: a call that it only announces (181, 183 without audio) may not wait for ever either. The caller
   * waits since the first gateway said something, so the time runs from then, also for a later one.
   */
  #waitForAnswer(): void {
    const { clock } = this.#deps;
    const nowMs = clock.now();
    this.#firstProgressAtMs ??= nowMs;
    const delayMs = Math.max(0, this.#firstProgressAtMs + this.#ringTimeoutMs - nowMs);
    this.#ringTimer ??= clock.setTimeout(() => this.emit('unanswered'), delayMs);
  }

  #answered(): void {
    const answeredAtMs = this.#deps.clock.now();
    if (!reportAnswer(this.#deps.reporter, answeredAtMs)) return;
    this.#firstProgressAtMs ??= answeredAtMs;
    this.stopRinging();
    this.emit('answered', answeredAtMs);
  }
}
