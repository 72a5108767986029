import { EventEmitter } from 'node:events';
import type { TrunkSession } from '../../../media-relay/index.ts';
import { drop } from '../../../observability/index.ts';
import {
  CallDeadline,
  CallEnding,
  type CallReporter,
  type ForcedEnd,
  type GatewayLeg,
  type GatewayLegEnd,
  passDigitsOn,
  reportAnswer,
  reportCodec,
  reportDeadline,
} from '../../call-handler/index.ts';
import type { IncomingCallOptions, IncomingCallRequest } from '../IncomingCallDeps.ts';
import type { IncomingLeg } from '../IncomingLeg.ts';
import type { AuthorizedForward } from './authorizeForward.ts';
import type { ForwardDeps } from './ForwardDeps.ts';

export interface JoinedParts {
  readonly request: IncomingCallRequest;
  readonly reporter: CallReporter;
  /** Towards the gateway that called us. */
  readonly incomingLeg: IncomingLeg;
  /** Towards the telephone, which has answered. */
  readonly leg: GatewayLeg;
  readonly trunk: TrunkSession;
  readonly forward: AuthorizedForward;
  readonly firstProgressAtMs: () => number | null;
}

export interface JoinedCallEvents {
  /** Terminal, exactly once: the call holds nothing any more. */
  closed: [];
}

/** A call from one gateway to another: either side's BYE ends both, and so do the limits of the user in whose name it was sent on. */
export class JoinedCall extends EventEmitter<JoinedCallEvents> {
  readonly #parts: JoinedParts;
  readonly #deadline: CallDeadline;
  readonly #ending: CallEnding;

  constructor(deps: Pick<ForwardDeps, 'clock' | 'logger'>, options: IncomingCallOptions, parts: JoinedParts) {
    super();
    this.#parts = parts;
    const { request, reporter, incomingLeg, leg, trunk, forward } = parts;
    const { authorization, admission } = forward;
    const maxDurationMs = Math.min(options.maxDurationMs, authorization.maxDurationMs ?? Number.POSITIVE_INFINITY);
    this.#deadline = new CallDeadline(deps, { maxDurationMs });
    reportDeadline(this.#deadline, reporter);
    this.#ending = new CallEnding(
      {
        ...deps,
        reporter,
        deadline: this.#deadline,
        hangUp: () => this.#hangUp(),
        stopWaiting: () => undefined,
        free: async () => {
          await Promise.all([leg.close(), incomingLeg.close()]);
          await trunk.close();
        },
      },
      {
        calledNumber: request.number.id,
        requestedAtMs: request.requestedAtMs,
        firstProgressAtMs: parts.firstProgressAtMs,
      },
    );
    admission.onBudget((end) => this.#deadline.setBudget(end));
    this.#ending.on('ended', (atMs) => admission.ended(atMs));
    this.#ending.on('closed', () => this.emit('closed'));
    this.#listen(deps, admission);
    drop(incomingLeg.answer(), deps.logger, 'answering a gateway whose call was sent on');
  }

  /** As `CallHandler.shutDown`. */
  shutDown(why: ForcedEnd): void {
    this.#ending.because(why);
  }

  #listen({ clock, logger }: Pick<ForwardDeps, 'clock' | 'logger'>, admission: AuthorizedForward['admission']): void {
    const { reporter, incomingLeg, leg, trunk } = this.#parts;
    incomingLeg.on('codecAgreed', (codec) => reportCodec(reporter, codec));
    incomingLeg.on('answered', () => {
      const answeredAtMs = clock.now();
      if (!reportAnswer(reporter, answeredAtMs)) return;
      this.#deadline.start(answeredAtMs);
      admission.answered(answeredAtMs);
    });
    passDigitsOn([incomingLeg, leg], logger);
    incomingLeg.on('reoffered', () => reporter.event('gatewayReoffered'));
    leg.on('reoffered', () => reporter.event('gatewayReoffered'));
    trunk.on('firstAudio', ({ from }) => reporter.event('firstAudio', { from }));
    // Whichever goes first says how the call ended, and takes the other along.
    const finished = (end: GatewayLegEnd) => {
      this.#ending.finish(end);
      this.#hangUp();
    };
    incomingLeg.on('finished', finished);
    leg.on('finished', finished);
  }

  #hangUp(): void {
    this.#parts.incomingLeg.hangUp();
    this.#parts.leg.hangUp();
  }
}
