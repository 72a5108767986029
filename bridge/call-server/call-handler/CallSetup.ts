import { EventEmitter } from 'node:events';
import type { Gateway } from '../../../shared/admin/index.ts';
import type { CodecName } from '../../../shared/domain/index.ts';
import type { Clock, Timer } from '../../observability/index.ts';
import type { InviteFailure } from '../../sip-stack/index.ts';
import type { CallReporter } from './CallReporter.ts';
import type { GatewayLeg } from './gateway-leg/index.ts';

export interface CallSetupDeps {
  readonly gatewayLeg: GatewayLeg;
  readonly reporter: CallReporter;
  readonly clock: Clock;
}

export interface CallSetupOptions {
  /** From the first 18x to the answer. */
  readonly ringTimeoutMs: number;
}

export interface CallSetupEvents {
  /** A gateway said 503 and when to come back. */
  gatewayWantsRest: [{ gateway: Gateway; forMs: number }];
  /** A gateway said nothing at all, or could not be reached. */
  gatewaySuspected: [Gateway];
  /** It rang for as long as it may. */
  unanswered: [];
  /** The two can talk, from this time on. At most once. */
  answered: [atMs: number];
}

/** The way of a call from its first INVITE to the answer, as the gateways tell it. */
export class CallSetup extends EventEmitter<CallSetupEvents> {
  readonly #deps: CallSetupDeps;
  readonly #options: CallSetupOptions;
  #ringTimer: Timer | undefined;
  #firstProgressAtMs: number | null = null;

  constructor(deps: CallSetupDeps, options: CallSetupOptions) {
    super();
    this.#deps = deps;
    this.#options = options;
    const { gatewayLeg, reporter } = deps;
    gatewayLeg.on('gatewayTried', (gateway) => this.#gatewayTried(gateway));
    gatewayLeg.on('inviteSent', ({ id }) => reporter.event('inviteSent', { gatewayId: id }));
    gatewayLeg.on('progressed', (progress) => this.#progressed(progress));
    gatewayLeg.on('codecAgreed', (codec) => this.#codecAgreed(codec));
    gatewayLeg.on('answered', () => this.#answered());
    gatewayLeg.on('gatewayFailed', (failed) => this.#gatewayFailed(failed));
  }

  /** When the caller first heard that something happens (ringing, early media, answer); null before. */
  get firstProgressAtMs(): number | null {
    return this.#firstProgressAtMs;
  }

  /** Nobody waits for an answer any more. Idempotent. */
  stopRinging(): void {
    this.#deps.clock.clearTimeout(this.#ringTimer);
  }

  #gatewayTried(gateway: Gateway): void {
    const { reporter } = this.#deps;
    const state = reporter.stateAfter('gatewayTried');
    reporter.progressed({ gatewayId: gateway.id, state });
    reporter.change({ state, hasEarlyMedia: false });
    reporter.event('gatewayTried', { gatewayId: gateway.id });
  }

  #progressed({ status, hasAudio }: { status: number; hasAudio: boolean }): void {
    const { reporter, clock } = this.#deps;
    if (reporter.status.state === 'disconnecting') return;
    this.#firstProgressAtMs ??= clock.now();
    // Whatever the gateway says: a call that it only announces (181, 183 without audio) may not wait for ever either.
    this.#ringTimer ??= clock.setTimeout(() => this.emit('unanswered'), this.#options.ringTimeoutMs);
    const isRinging = status === 180 || status === 182;
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

  #answered(): void {
    const { reporter, clock } = this.#deps;
    const state = reporter.stateAfter('answered');
    if (state !== 'established') return;
    const answeredAt = clock.now();
    this.#firstProgressAtMs ??= answeredAt;
    this.stopRinging();
    reporter.progressed({ state, answeredAtMs: answeredAt });
    reporter.change({ state, answeredAt });
    reporter.event('established');
    this.emit('answered', answeredAt);
  }

  #codecAgreed(codec: CodecName): void {
    this.#deps.reporter.progressed({ codec });
    this.#deps.reporter.change({ codec });
  }

  #gatewayFailed({ gateway, failure, isLast }: { gateway: Gateway; failure: InviteFailure; isLast: boolean }): void {
    this.#deps.reporter.event('gatewayFailed', { gatewayId: gateway.id, ...failure, isLast });
    if (failure.kind === 'timeout' || failure.kind === 'transport') this.emit('gatewaySuspected', gateway);
    if (failure.kind === 'response' && failure.retryAfterMs !== undefined && failure.status === 503) {
      this.emit('gatewayWantsRest', { gateway, forMs: failure.retryAfterMs });
    }
  }
}
