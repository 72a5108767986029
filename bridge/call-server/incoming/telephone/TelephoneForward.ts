import type { Gateway } from '../../../../shared/admin/index.ts';
import type { CallId } from '../../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import type { TrunkSession } from '../../../media-relay/index.ts';
import { drop, type Timer } from '../../../observability/index.ts';
import { type CallReporter, GatewayLeg, type GatewayLegEnd, recordAttempts } from '../../call-handler/index.ts';
import type { IncomingCallOptions, IncomingCallRequest } from '../IncomingCallDeps.ts';
import { IncomingLeg } from '../IncomingLeg.ts';
import type { PlanStep } from '../plan/PlanRunner.ts';
import type { RingReason } from '../plan/RingReason.ts';
import { type AuthorizedForward, authorizeForward } from './authorizeForward.ts';
import type { ForwardDeps, ForwardOptions } from './ForwardDeps.ts';
import { JoinedCall } from './JoinedCall.ts';
import { relayedAudio } from './relayedAudio.ts';

export interface ForwardParts {
  readonly request: IncomingCallRequest;
  readonly step: PlanStep<'telephone'>;
  readonly reporter: CallReporter;
  /** Counts the telephones that this call has been sent on to. */
  readonly turn: number;
  /** The telephone rings: the caller hears that, once. */
  readonly onRang: (report: () => void) => void;
  /** Tells when the caller first heard that something happens. */
  readonly firstProgressAtMs: () => number | null;
}

/** One telephone that is called for a call that came in, until it answers or not. Both gateways then speak with each other. */
export class TelephoneForward {
  readonly #deps: ForwardDeps;
  readonly #options: ForwardOptions & IncomingCallOptions;
  readonly #parts: ForwardParts;
  readonly #result = Promise.withResolvers<RingReason | 'stopped'>();
  #leg: GatewayLeg | null = null;
  #joined: JoinedCall | null = null;
  #ringTimer: Timer | undefined;
  #isTimeOver = false;
  #isStopped = false;

  constructor(deps: ForwardDeps, options: ForwardOptions & IncomingCallOptions, parts: ForwardParts) {
    this.#deps = deps;
    this.#options = options;
    this.#parts = parts;
  }

  /** Resolves with why it came to nothing; `stopped` once it has answered (`joined`) or was stopped. */
  async run(): Promise<RingReason | 'stopped'> {
    const { request, step, reporter, turn } = this.#parts;
    const number = step.destination.number;
    // A place and a use of its own: the call may come from the gateway that it goes to.
    const usageId = `${request.callId}/${turn}` as CallId;
    let forward: AuthorizedForward;
    try {
      forward = await authorizeForward(this.#deps, this.#options, request, { step, usageId });
    } catch (error) {
      if (!(error instanceof DialbridgeError)) throw error;
      reporter.event('forwardRefused', { number, userName: step.destination.userName, code: error.code });
      return 'unreachable';
    }
    const { selection, authorization } = forward;
    const { calledNumber, price } = authorization;
    reporter.progressed({
      ...{ gatewayChoice: selection.steps, forwardedTo: calledNumber },
      ...(price !== null && { price }),
    });
    const ruleId = authorization.matchedRule?.id ?? null;
    reporter.event('forwarded', { number: authorization.calledNumber, userName: step.destination.userName, ruleId });
    if (this.#isStopped) {
      forward.admission.ended(this.#deps.clock.now());
      return 'stopped';
    }
    this.#call(forward, usageId);
    return this.#result.promise;
  }

  /** The two gateways that speak with each other by now; null before the answer. */
  get joined(): JoinedCall | null {
    return this.#joined;
  }

  /** The caller doesn't want it any more. Nothing after the answer. */
  stop(): void {
    if (this.#joined) return;
    this.#isStopped = true;
    this.#leg?.hangUp();
  }

  #call(forward: AuthorizedForward, usageId: CallId): void {
    const { relay, clock } = this.#deps;
    const { request, step } = this.#parts;
    const { authorization, selection, calling } = forward;
    const trunk = relay.createTrunkSession({ callId: request.callId, incomingOffer: request.call.offer });
    const readMos = async () => (await trunk.stats()).outgoing.mos;
    const leg = new GatewayLeg(
      { ...this.#deps, media: relayedAudio(trunk.outgoing), readMos },
      {
        ...{ callId: request.callId, placeId: usageId },
        calledNumber: authorization.calledNumber,
        isEmergency: false,
        // Otherwise numbers that lead to each other by way of the network would call without end (RFC 7332).
        maxForwards: request.call.maxForwards - 1,
        ...{ calling, candidates: selection.candidates },
        ...this.#options,
      },
    );
    this.#leg = leg;
    const incomingLeg = new IncomingLeg(
      {
        ...{ call: request.call, media: trunk.incoming, place: request.place, logger: this.#deps.logger },
        readMos: async () => (await trunk.stats()).incoming.mos,
      },
      { gateway: request.gateway, dtmf: this.#options.dtmf },
    );
    this.#listen({ leg, incomingLeg, trunk, forward });
    this.#ringTimer = clock.setTimeout(() => {
      this.#isTimeOver = true;
      leg.hangUp();
    }, step.ringMs);
    leg.start();
  }

  #listen(made: { leg: GatewayLeg; incomingLeg: IncomingLeg; trunk: TrunkSession; forward: AuthorizedForward }): void {
    const { leg, incomingLeg, forward } = made;
    const { reporter, onRang } = this.#parts;
    recordAttempts(leg, reporter);
    leg.on('gatewayTried', (gateway) => this.#tried(gateway));
    leg.on('progressed', ({ status, hasAudio }) => {
      if (hasAudio) drop(incomingLeg.openEarlyMedia(), this.#deps.logger, 'passing early media on');
      onRang(() => reporter.event(hasAudio ? 'earlyMediaOpened' : 'telephoneRang', { sipStatus: status }));
    });
    leg.once('answered', () => {
      if (this.#isStopped || this.#isTimeOver) return;
      this.#deps.clock.clearTimeout(this.#ringTimer);
      const { firstProgressAtMs, request } = this.#parts;
      this.#joined = new JoinedCall(this.#deps, this.#options, { ...made, reporter, request, firstProgressAtMs });
      this.#result.resolve('stopped');
    });
    leg.once('finished', (end) => {
      if (this.#joined) return;
      this.#deps.clock.clearTimeout(this.#ringTimer);
      forward.admission.ended(this.#deps.clock.now());
      const freed = leg.close().finally(() => made.trunk.close());
      drop(freed, this.#deps.logger, 'closing the media of a telephone that was called');
      this.#result.resolve(this.#isStopped ? 'stopped' : this.#isTimeOver ? 'noAnswer' : reasonOf(end));
    });
  }

  #tried(gateway: Gateway): void {
    const { reporter } = this.#parts;
    const state = reporter.stateAfter('gatewayTried');
    reporter.progressed({ forwardGatewayId: gateway.id, state });
    reporter.change({ state });
    reporter.event('gatewayTried', { gatewayId: gateway.id });
  }
}

function reasonOf({ outcome }: GatewayLegEnd): RingReason {
  switch (outcome) {
    case 'busy':
    case 'declined':
    case 'noAnswer':
    case 'wrongNumber':
      return outcome;
    default:
      return 'unreachable';
  }
}
