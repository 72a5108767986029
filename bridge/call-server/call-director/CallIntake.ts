import type { CallServerId } from '../../../shared/domain/index.ts';
import { DialbridgeError, errorTable } from '../../../shared/errors/index.ts';
import type { RequestPayload } from '../../../shared/protocol/index.ts';
import type { Clock } from '../../observability/index.ts';
import { type GatewaySelection, type ProxyServer, whyNoGateway } from '../../proxy-server/index.ts';
import type { CallClient } from '../CallServer.ts';
import type { CallLogger } from '../call-logger/index.ts';
import type { Authorization } from './Authorization.ts';
import type { CallAuthorizer } from './CallAuthorizer.ts';
import { CallRefusal } from './CallRefusal.ts';
import type { CallAdmission, CallLimits } from './limits/index.ts';
import type { AdmittedDial } from './transfer/TransferDesk.ts';

export interface CallIntakeDeps {
  readonly log: Pick<CallLogger, 'requested' | 'event' | 'progressed' | 'ended'>;
  readonly authorizer: Pick<CallAuthorizer, 'authorize'>;
  readonly limits: Pick<CallLimits, 'admit'>;
  readonly proxyServer: Pick<ProxyServer, 'select'>;
  readonly clock: Pick<Clock, 'now'>;
}

export interface CallIntakeOptions {
  readonly callServerId: CallServerId;
}

export interface IncomingDial {
  readonly client: CallClient;
  readonly request: Pick<
    RequestPayload<'call:dial'>,
    'callId' | 'destination' | 'calledName' | 'callerNumber' | 'isNumberWithheld'
  >;
  /** It is made for the other party of another call. */
  readonly passedOn?: AdmittedDial;
  readonly requestedAtMs: number;
  /** @throws DialbridgeError where nobody wants the call any more */
  readonly assertWanted: () => void;
}

/** A call that may be made, has its place within its limits, and a way to go. Its admission is the taker's to end. */
export interface AcceptedCall {
  readonly authorization: Authorization;
  readonly admission: CallAdmission;
  readonly selection: GatewaySelection;
}

/** ITU-T Q.850 cause 16: who called has given up. */
const normalClearing = 16;

/** Decides on call requests one by one, and tells the call logger what was decided. What is refused holds nothing. */
export class CallIntake {
  readonly #deps: CallIntakeDeps;
  readonly #options: CallIntakeOptions;

  constructor(deps: CallIntakeDeps, options: CallIntakeOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** @throws DialbridgeError that says why the call is not made; its record is closed then */
  async accept(dial: IncomingDial): Promise<AcceptedCall> {
    const authorization = await this.#authorize(dial);
    const { callId } = dial.request;
    let admission: CallAdmission | null = null;
    try {
      dial.assertWanted();
      admission = dial.passedOn?.admission ?? (await this.#deps.limits.admit(callId, authorization));
      const selection = await this.#select(dial, authorization);
      return { authorization, admission, selection };
    } catch (error) {
      admission?.ended(this.#deps.clock.now());
      this.refuse(dial, error, { ruleId: authorization.matchedRule?.id ?? null });
      throw error;
    }
  }

  /** Closes the record of a call that is not made. */
  refuse(
    { request: { callId } }: IncomingDial,
    error: unknown,
    evidence: Readonly<Record<string, unknown>> = {},
  ): void {
    const { log, clock } = this.#deps;
    const closing = { endedAtMs: clock.now(), sipStatus: null, postDialDelayMs: null };
    const code = error instanceof DialbridgeError ? error.code : 'internal';
    if (code === 'callEnded' || code === 'goingAway') {
      const q850 = code === 'goingAway' ? errorTable[code].q850 : normalClearing;
      const who = { outcome: 'cancelled', disconnectedBy: code === 'callEnded' ? 'caller' : 'bridge' } as const;
      log.ended(callId, { ...closing, ...who, q850, errorCode: null });
      return;
    }
    const retryAfterMs = error instanceof DialbridgeError ? error.retryAfterMs : undefined;
    const detail = {
      code,
      ...evidence,
      ...(error instanceof CallRefusal && error.evidence),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
    log.event(callId, 'refused', { state: 'ended', detail });
    const isUnreachable = code === 'noGatewayForNumber' || code === 'allLinesBusy';
    const outcome = isUnreachable ? 'unreachable' : code === 'internal' ? 'failed' : 'refused';
    log.ended(callId, {
      ...closing,
      outcome,
      disconnectedBy: 'bridge',
      q850: errorTable[code].q850,
      errorCode: code,
    });
  }

  async #authorize(dial: IncomingDial): Promise<Authorization> {
    const { log, authorizer } = this.#deps;
    const { client, request } = dial;
    const { callId, destination, callerNumber } = request;
    let authorization: Authorization;
    try {
      authorization = await authorizer.authorize({
        client,
        destination,
        ...(callerNumber !== undefined && { callerNumber }),
      });
    } catch (error) {
      this.#open(dial, { calledNumber: destination, callingNumber: null });
      this.refuse(dial, error);
      throw error;
    }
    const { calledNumber, matchedRule, ratePrefix, isEmergency } = authorization;
    this.#open(dial, { calledNumber, callingNumber: authorization.callerNumber });
    log.event(callId, 'authorized', {
      state: 'requested',
      detail: {
        ruleId: matchedRule?.id ?? null,
        callerNumber: authorization.callerNumber,
        ...(ratePrefix !== undefined && { ratePrefix }),
        ...(isEmergency && { isEmergency }),
        ...(dial.passedOn && { fromCallId: dial.passedOn.fromCallId }),
      },
    });
    return authorization;
  }

  #open(
    { client, request, requestedAtMs }: IncomingDial,
    numbers: { readonly calledNumber: string; readonly callingNumber: string | null },
  ): void {
    this.#deps.log.requested({
      callId: request.callId,
      callServerId: this.#options.callServerId,
      brandId: client.brand.id,
      userId: client.user.id,
      deviceId: client.deviceId,
      direction: 'outgoing',
      callingName: null,
      calledName: request.calledName ?? null,
      requestedAtMs,
      ...numbers,
    });
  }

  /** @throws DialbridgeError `noGatewayForNumber`, `allLinesBusy` */
  async #select(
    { request: { callId }, passedOn }: IncomingDial,
    authorization: Authorization,
  ): Promise<GatewaySelection> {
    const { log, proxyServer } = this.#deps;
    const { called, calledNumber, gatewayIds, caller } = authorization;
    const selection = await proxyServer.select({
      ...{ calledNumber, gatewayIds, caller },
      type: called.type,
      // Every browser speaks Opus, PCMA and PCMU (RFC 7874). What else it offers is read beside the INVITE, not before it.
      codecs: passedOn?.codecs ?? null,
    });
    const { price } = authorization;
    log.progressed(callId, { gatewayChoice: selection.steps, ...(price !== null && { price }) });
    if (selection.candidates.length === 0) {
      throw new DialbridgeError(whyNoGateway(selection), { details: { number: called.formatted } });
    }
    const candidates = selection.candidates.map(({ id }) => id);
    log.event(callId, 'handlerLaunched', { state: 'requested', detail: { candidates } });
    return selection;
  }
}
