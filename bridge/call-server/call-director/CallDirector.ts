import { EventEmitter } from 'node:events';
import type { BrandId, CallId, CallServerId } from '../../../shared/domain/index.ts';
import { DialbridgeError, errorTable } from '../../../shared/errors/index.ts';
import type { AckData, RequestPayload } from '../../../shared/protocol/index.ts';
import { drop } from '../../observability/index.ts';
import type { GatewayMonitor, GatewaySelection, ProxyServer } from '../../proxy-server/index.ts';
import type { CallClient, ClientChannel } from '../CallServer.ts';
import { CallHandler, type CallHandlerDeps, type CallHandlerOptions } from '../call-handler/index.ts';
import type { CallLogger } from '../call-logger/index.ts';
import type { Authorization } from './Authorization.ts';
import type { CallAuthorizer } from './CallAuthorizer.ts';

export interface CallDirectorDeps extends Omit<CallHandlerDeps, 'log'> {
  readonly log: Pick<CallLogger, 'requested' | 'event' | 'progressed' | 'ended'>;
  readonly authorizer: Pick<CallAuthorizer, 'authorize'>;
  readonly proxyServer: Pick<ProxyServer, 'select'>;
  readonly monitor: Pick<GatewayMonitor, 'leaveAlone' | 'suspect'>;
}

export interface CallDirectorOptions extends CallHandlerOptions {
  readonly callServerId: CallServerId;
}

export interface CallDirectorEvents {
  /** The last call has gone; what `close()` waits for. */
  idle: [];
}

/** How many ids of past calls are remembered, so that a late repeat of a dial does not call anybody twice. */
const rememberedIds = 10_000;

type DialRequest = RequestPayload<'call:dial'>;

/** Decides on each call request: launches a call handler, or says why not. */
export class CallDirector extends EventEmitter<CallDirectorEvents> {
  readonly #deps: CallDirectorDeps;
  readonly #options: CallDirectorOptions;
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

  handlersOf(client: CallClient): readonly CallHandler[] {
    return [...this.#handlers.values()].filter((handler) => isOf(handler, client));
  }

  /** Ends the client's call, in whatever state it is. One that is gone is what the person wanted. */
  hangUp(client: CallClient, callId: CallId): void {
    const undecided = this.#undecided.get(callId);
    if (undecided && isOf(undecided, client)) undecided.isHungUp = true;
    const handler = this.#handlers.get(callId);
    if (handler && isOf(handler, client)) handler.hangUp();
  }

  /** @throws DialbridgeError that says why the call is refused */
  async dial(client: CallClient, request: DialRequest, channel: ClientChannel | null): Promise<AckData<'call:dial'>> {
    if (this.#isClosed) throw new DialbridgeError('goingAway');
    const { callId } = request;
    this.#claimId(callId);
    const requestedAtMs = this.#deps.clock.now();
    const undecided = { client, isHungUp: false };
    this.#undecided.set(callId, undecided);
    const { calledNumber, selection } = await this.#admit(client, request, requestedAtMs).finally(() =>
      this.#undecided.delete(callId),
    );
    if (undecided.isHungUp || this.#isClosed) {
      this.#abandoned(callId);
      throw new DialbridgeError(undecided.isHungUp ? 'callEnded' : 'goingAway');
    }
    const handler = new CallHandler(
      this.#deps,
      this.#options,
      {
        callId,
        client,
        calledNumber,
        calledName: request.calledName ?? null,
        callerNumber: null,
        maxDurationMs: null,
        selection,
        requestedAtMs,
      },
      channel,
    );
    this.#keep(callId, handler);
    const answer = await handler.start(request.offer);
    return { answer, status: handler.status };
  }

  /** Ends every call and waits until each has gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#handlers.size === 0) return;
    const gone = new Promise<void>((resolve) => this.once('idle', resolve));
    for (const handler of this.#handlers.values()) handler.shutDown();
    await gone;
  }

  #claimId(callId: CallId): void {
    if (this.#usedIds.has(callId) || this.#handlers.has(callId)) throw new DialbridgeError('conflict');
    this.#usedIds.add(callId);
    const [oldest] = this.#usedIds;
    if (oldest !== undefined && this.#usedIds.size > rememberedIds) this.#usedIds.delete(oldest);
  }

  async #admit(
    client: CallClient,
    request: DialRequest,
    requestedAtMs: number,
  ): Promise<{ calledNumber: string; selection: GatewaySelection }> {
    const { log, authorizer, proxyServer } = this.#deps;
    const { callId, destination, callerNumber } = request;
    const open = (calledNumber: string) =>
      log.requested({
        callId,
        callServerId: this.#options.callServerId,
        brandId: client.brand.id as BrandId,
        userId: client.user.id,
        direction: 'outgoing',
        callingNumber: null,
        calledNumber,
        calledName: request.calledName ?? null,
        requestedAtMs,
      });
    let authorized: Authorization;
    try {
      authorized = await authorizer.authorize({
        client,
        destination,
        ...(callerNumber !== undefined && { callerNumber }),
      });
    } catch (error) {
      open(destination);
      this.#refused(callId, error);
      throw error;
    }
    const { called, calledNumber, matchedRule } = authorized;
    open(calledNumber);
    log.event(callId, 'authorized', { state: 'requested', detail: { ruleId: matchedRule?.id ?? null } });
    const selection = await proxyServer.select(calledNumber);
    log.progressed(callId, { gatewayChoice: selection.steps });
    if (selection.candidates.length === 0) {
      const error = new DialbridgeError('noGatewayForNumber', { details: { number: called.formatted } });
      this.#refused(callId, error);
      throw error;
    }
    log.event(callId, 'handlerLaunched', {
      state: 'requested',
      detail: { candidates: selection.candidates.map(({ id }) => id) },
    });
    return { calledNumber, selection };
  }

  #refused(callId: CallId, error: unknown): void {
    const { log, clock } = this.#deps;
    const code = error instanceof DialbridgeError ? error.code : 'internal';
    log.event(callId, 'refused', { state: 'ended', detail: { code } });
    log.ended(callId, {
      endedAtMs: clock.now(),
      outcome: code === 'noGatewayForNumber' ? 'unreachable' : code === 'internal' ? 'failed' : 'refused',
      disconnectedBy: 'bridge',
      sipStatus: null,
      q850: errorTable[code].q850,
      errorCode: code,
      postDialDelayMs: null,
    });
  }

  #abandoned(callId: CallId): void {
    this.#deps.log.ended(callId, {
      endedAtMs: this.#deps.clock.now(),
      outcome: 'cancelled',
      disconnectedBy: 'caller',
      sipStatus: null,
      q850: null,
      errorCode: null,
      postDialDelayMs: null,
    });
  }

  #keep(callId: CallId, handler: CallHandler): void {
    this.#handlers.set(callId, handler);
    handler.on('gatewayWantsRest', ({ gateway, forMs }) =>
      drop(this.#deps.monitor.leaveAlone(gateway.id, forMs), this.#deps.logger, 'noting a Retry-After'),
    );
    handler.on('gatewaySuspected', ({ id }) =>
      drop(this.#deps.monitor.suspect(id, 'a call got no answer'), this.#deps.logger, 'probing a silent gateway'),
    );
    handler.once('closed', () => {
      this.#handlers.delete(callId);
      handler.removeAllListeners();
      if (this.#handlers.size === 0) this.emit('idle');
    });
  }
}

function isOf(call: { readonly client: CallClient }, client: CallClient): boolean {
  return call.client.user.id === client.user.id && call.client.deviceId === client.deviceId;
}
