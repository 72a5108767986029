import { EventEmitter } from 'node:events';
import type { CallId, GatewayId, UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { AckData, RequestPayload } from '../../../shared/protocol/index.ts';
import { drop } from '../../observability/index.ts';
import type { SipDialogId } from '../../sip-stack/index.ts';
import type { CallClient, ClientChannel } from '../CallServer.ts';
import {
  type CallHandler,
  type CallHandlerDeps,
  type CallHandlerOptions,
  createOutgoingCall,
  type JoinableCall,
  type OutgoingCall,
} from '../call-handler/index.ts';
import {
  type AcceptedCall,
  CallIntake,
  type CallIntakeDeps,
  type CallIntakeOptions,
  type IncomingDial,
} from './CallIntake.ts';
import type { CallAdmission } from './limits/index.ts';
import { ReferralDesk } from './transfer/ReferralDesk.ts';
import { type AdmittedDial, TransferDesk } from './transfer/TransferDesk.ts';

export interface CallDirectorDeps extends CallHandlerDeps, CallIntakeDeps {
  readonly log: CallIntakeDeps['log'];
  readonly clock: CallHandlerDeps['clock'];
  readonly proxyServer: CallHandlerDeps['proxyServer'] & CallIntakeDeps['proxyServer'];
  readonly newId: () => string;
}

export interface CallDirectorOptions extends CallHandlerOptions, CallIntakeOptions {}

export interface CallDirectorEvents {
  /** A call has a handler, or was taken: it is one of its client's from now on. */
  began: [callId: CallId, handler: CallHandler];
  /** The last call has gone; what `close()` waits for. */
  idle: [];
}

/** How many ids of past calls are remembered, so that a late repeat of a dial does not call anybody twice. */
const rememberedIds = 10_000;

type DialRequest = RequestPayload<'call:dial'>;

/** Launches a call handler for each call request that may become a call, and knows the calls that are up. */
export class CallDirector extends EventEmitter<CallDirectorEvents> {
  readonly #deps: CallDirectorDeps;
  readonly #options: CallDirectorOptions;
  readonly #intake: CallIntake;
  readonly #transfers: TransferDesk;
  readonly #referrals: ReferralDesk;
  readonly #handlers = new Map<CallId, CallHandler>();
  /** Calls that are still being decided on, so that one can be hung up before it has a handler. */
  readonly #undecided = new Map<CallId, { readonly client: CallClient; isHungUp: boolean }>();
  /** Ids of the last calls, oldest first. */
  readonly #usedIds = new Set<CallId>();
  #isClosed = false;

  constructor(deps: CallDirectorDeps, options: CallDirectorOptions) {
    super();
    this.#deps = deps;
    this.#options = options;
    this.#intake = new CallIntake(deps, options);
    this.#referrals = new ReferralDesk(deps, options);
    this.#transfers = new TransferDesk({
      ...deps,
      handler: (client, callId) => this.handler(client, callId),
      dial: (client, destination, passedOn) => this.#dialFor(client, destination, passedOn),
    });
  }

  get activeCalls(): number {
    return this.#handlers.size;
  }

  /** The running call of this client. @throws DialbridgeError `callNotFound`, also for a call of another user or device */
  handler(client: CallClient, callId: CallId): CallHandler {
    const handler = this.#handlers.get(callId);
    if (!handler || !isOf(handler, client)) throw new DialbridgeError('callNotFound');
    return handler;
  }

  /** The running call of this id, whoever's it is. */
  find(callId: CallId): CallHandler | undefined {
    const handler = this.#handlers.get(callId);
    return handler?.isRunning && handler.inCall.hasClient ? handler : undefined;
  }

  /** The running call that this gateway has by this dialog. */
  findByDialog(gatewayId: GatewayId, { callId, localTag, remoteTag }: SipDialogId): CallHandler | undefined {
    return [...this.#handlers.values()].find(({ inCall }) => {
      const { gateway, dialog } = inCall.gatewayLeg;
      const id = gateway?.id === gatewayId && inCall.hasClient ? dialog?.dialogId : null;
      return id?.callId === callId && id.localTag === localTag && id.remoteTag === remoteTag;
    });
  }

  handlersOf(client: CallClient): readonly CallHandler[] {
    return [...this.#handlers.values()].filter((handler) => isOf(handler, client));
  }

  /** On whichever device. */
  handlersOfUser(userId: UserId): readonly CallHandler[] {
    return [...this.#handlers.values()].filter(
      (handler) => handler.inCall.hasClient && handler.client.user.id === userId,
    );
  }

  /** Ends the client's call, in whatever state it is. One that is gone is what the person wanted. */
  hangUp(client: CallClient, callId: CallId): void {
    const undecided = this.#undecided.get(callId);
    if (undecided && isOf(undecided, client)) undecided.isHungUp = true;
    const handler = this.#handlers.get(callId);
    if (handler && isOf(handler, client)) handler.hangUp();
  }

  /** Ends every call of the clients of whom `isOver` is true, also one that is still being decided on. */
  hangUpWhere(isOver: (client: CallClient) => boolean): void {
    for (const undecided of this.#undecided.values()) undecided.isHungUp ||= isOver(undecided.client);
    for (const handler of this.#handlers.values()) if (isOver(handler.client)) handler.hangUp();
  }

  /** An operator wants it to end, in whatever state it is. False where it is none of these, or none any more. */
  endByOperator(callId: CallId): boolean {
    const undecided = this.#undecided.get(callId);
    if (undecided) undecided.isHungUp = true;
    const handler = this.#handlers.get(callId);
    handler?.shutDown('endedByOperator');
    return undecided !== undefined || handler !== undefined;
  }

  /** @throws DialbridgeError that says why the call is refused */
  async dial(client: CallClient, request: DialRequest, channel: ClientChannel | null): Promise<AckData<'call:dial'>> {
    if (this.#isClosed) throw new DialbridgeError('goingAway');
    const { callId } = request;
    this.#claimId(callId);
    const undecided = { client, isHungUp: false };
    this.#undecided.set(callId, undecided);
    const dial: IncomingDial = {
      client,
      request,
      requestedAtMs: this.#deps.clock.now(),
      assertWanted: () => {
        if (undecided.isHungUp) throw new DialbridgeError('callEnded');
        if (this.#isClosed) throw new DialbridgeError('goingAway');
      },
    };
    const call = await this.#intake
      .accept(dial)
      .then((accepted) => this.#launch(dial, accepted, channel))
      .finally(() => this.#undecided.delete(callId));
    const answer = await call.start(request.offer);
    return { answer, status: call.handler.status };
  }

  /** Resolves when it is under way. @throws DialbridgeError as `TransferDesk.transfer` */
  transfer(client: CallClient, request: RequestPayload<'call:transfer'>): Promise<void> {
    return this.#transfers.transfer(client, request);
  }

  /** One more call, which came in and was taken. Incoming calls need no rule, and count in no limit. */
  adopt(callId: CallId, handler: CallHandler): void {
    this.#handlers.set(callId, handler);
    handler.once('closed', () => {
      this.#handlers.delete(callId);
      handler.removeAllListeners();
      if (this.#handlers.size === 0) this.emit('idle');
    });
    handler.on('referred', (referral) => {
      drop(this.#referrals.follow(handler, referral), this.#deps.logger, 'following a referral of a gateway');
    });
    if (handler.inCall.hasClient) this.emit('began', callId, handler);
  }

  /** Ends every call and waits until each has gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#handlers.size === 0) return;
    const gone = new Promise<void>((resolve) => this.once('idle', resolve));
    for (const handler of this.#handlers.values()) handler.shutDown();
    await gone;
  }

  async #dialFor(client: CallClient, destination: string, passedOn: AdmittedDial): Promise<JoinableCall> {
    const dial: IncomingDial = {
      ...{ client, passedOn, request: { callId: this.#deps.newId() as CallId, destination } },
      requestedAtMs: this.#deps.clock.now(),
      assertWanted: () => {
        if (this.#isClosed) throw new DialbridgeError('goingAway');
      },
    };
    dial.assertWanted();
    const call = this.#launch(dial, await this.#intake.accept(dial), null);
    call.startPassedOn();
    return call.handler.inCall;
  }

  #claimId(callId: CallId): void {
    if (this.#usedIds.has(callId) || this.#handlers.has(callId)) throw new DialbridgeError('conflict');
    this.#usedIds.add(callId);
    const [oldest] = this.#usedIds;
    if (oldest !== undefined && this.#usedIds.size > rememberedIds) this.#usedIds.delete(oldest);
  }

  #launch(
    dial: IncomingDial,
    { authorization, admission, selection }: AcceptedCall,
    channel: ClientChannel | null,
  ): OutgoingCall {
    const { client, request, requestedAtMs, passedOn } = dial;
    const { callId } = request;
    const { calledNumber, callerNumber, maxDurationMs, isEmergency } = authorization;
    const calledName = request.calledName ?? null;
    try {
      dial.assertWanted();
      const call = createOutgoingCall(
        this.#deps,
        this.#options,
        {
          callId,
          client,
          calledNumber,
          calledName,
          callerNumber,
          isNumberWithheld: request.isNumberWithheld ?? false,
          maxDurationMs,
          isEmergency,
          selection,
          requestedAtMs,
          ...(passedOn && { passedOn }),
        },
        channel,
      );
      this.#keep(callId, call.handler, admission);
      return call;
    } catch (error) {
      admission.ended(this.#deps.clock.now());
      this.#intake.refuse(dial, error);
      throw error;
    }
  }

  #keep(callId: CallId, handler: CallHandler, admission: CallAdmission): void {
    admission.onBudget((end) => handler.setBudget(end));
    handler.once('answered', (atMs) => admission.answered(atMs));
    handler.once('ended', (atMs) => admission.ended(atMs));
    this.adopt(callId, handler);
  }
}

function isOf(
  call: Pick<CallHandler, 'client'> & { readonly inCall?: CallHandler['inCall'] },
  client: CallClient,
): boolean {
  if (call.inCall?.hasClient === false) return false;
  return call.client.user.id === client.user.id && call.client.deviceId === client.deviceId;
}
