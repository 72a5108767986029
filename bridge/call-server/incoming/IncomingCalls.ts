import { EventEmitter } from 'node:events';
import type { Gateway } from '../../../shared/admin/index.ts';
import type { CallId, UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { AckData, IncomingCall } from '../../../shared/protocol/index.ts';
import { drop } from '../../observability/index.ts';
import type { ProxyServer } from '../../proxy-server/index.ts';
import type { IncomingSipCall, SipStack } from '../../sip-stack/index.ts';
import type { CallClient } from '../CallServer.ts';
import type { CallHandler } from '../call-handler/index.ts';
import type { DialogKeeper } from '../leftovers/index.ts';
import { CallerPlace } from './CallerPlace.ts';
import type { IncomingCallDeps, IncomingCallOptions } from './IncomingCallDeps.ts';
import { IncomingCallHandler } from './IncomingCallHandler.ts';
import { readCalledNumber, readCallingName, readCallingNumber } from './numbers/readNumbers.ts';
import { UnknownNumbers } from './numbers/UnknownNumbers.ts';
import { replaceLeg } from './replaceLeg.ts';

export interface IncomingCallsDeps extends IncomingCallDeps {
  readonly sip: Pick<SipStack, 'events' | 'invite' | 'locate' | 'noteFailure'>;
  readonly proxyServer: Pick<ProxyServer, 'gateway' | 'select' | 'claim' | 'release' | 'report'>;
  /** Hears of every call that is taken in, before anything is done for it. */
  readonly dialogs?: Pick<DialogKeeper, 'keepIncoming'>;
  readonly newId: () => string;
}

export interface IncomingCallsEvents {
  /** Somebody took the call: it is one of theirs from now on. */
  taken: [callId: CallId, handler: CallHandler];
  /** A gateway asks to have a call in progress by another dialog (RFC 3891); refused where nobody listens. */
  replacing: [IncomingSipCall, Gateway];
  /** The last call has gone; what `close()` waits for. */
  idle: [];
}

/** How long a gateway with as many calls as it may have is asked to wait. */
const fullRetryMs = 5000;
/** How many calls that ring no more are remembered. */
const rememberedCalls = 1000;

/** All calls of gateways on this call server that ring or go on to a telephone. */
export class IncomingCalls extends EventEmitter<IncomingCallsEvents> {
  readonly #deps: IncomingCallsDeps;
  readonly #options: IncomingCallOptions;
  readonly #unknownNumbers: UnknownNumbers;
  readonly #handlers = new Map<CallId, IncomingCallHandler>();
  /** What a late answer is told of those that ring no more, oldest first. */
  readonly #past = new Map<CallId, 'callTaken' | 'callEnded'>();
  readonly #onCall = (call: IncomingSipCall) => this.#receive(call);
  #isClosed = false;

  constructor(deps: IncomingCallsDeps, options: IncomingCallOptions) {
    super();
    this.#deps = deps;
    this.#options = options;
    this.#unknownNumbers = new UnknownNumbers(deps);
    deps.sip.events.on('incomingCall', this.#onCall);
  }

  /** Those that nobody has taken yet, and those that went on to a telephone. */
  get activeCalls(): number {
    return this.#handlers.size;
  }

  /** What rings at this device. */
  ringingAt(client: CallClient): readonly IncomingCall[] {
    if (!mayBeRung(client)) return [];
    return [...this.#handlers.values()].map((handler) => handler.ringingAt(client)).filter((one) => one !== null);
  }

  /** @throws DialbridgeError as `IncomingCallHandler.answer`; a call that doesn't ring at theirs is `callNotFound` */
  async answer(client: CallClient, callId: CallId, offer: string): Promise<AckData<'call:answer'>> {
    if (!mayBeRung(client)) throw new DialbridgeError('callNotFound');
    const handler = this.#handlers.get(callId);
    if (handler) return handler.answer(client, offer);
    throw new DialbridgeError(this.#past.get(callId) ?? 'callNotFound');
  }

  /** None of the person's devices rings any longer. Ignored where none does. */
  decline(client: CallClient, callId: CallId): void {
    if (mayBeRung(client)) this.#handlers.get(callId)?.decline(client);
  }

  /** The person doesn't want to be disturbed from now on. */
  silence(userId: UserId): void {
    for (const handler of this.#handlers.values()) handler.leave(userId, 'doNotDisturb');
  }

  /** People all of whose devices have lost their rights are rung no longer. */
  release(isOver: (client: CallClient) => boolean): void {
    for (const handler of this.#handlers.values()) {
      for (const userId of handler.ringingUserIds) {
        const devices = this.#deps.devices.ofUser(userId);
        if (devices.length > 0 && devices.every(({ client }) => isOver(client))) handler.leave(userId, 'unreachable');
      }
    }
  }

  /** An operator wants it to end. False where it is none of these, or none any more. */
  endByOperator(callId: CallId): boolean {
    const handler = this.#handlers.get(callId);
    handler?.shutDown('endedByOperator');
    return handler !== undefined;
  }

  /** Gives a call in progress to the INVITE that replaces its dialog. */
  replace(handler: CallHandler, call: IncomingSipCall, gateway: Gateway): void {
    const replaced = replaceLeg(this.#deps, this.#options, { handler, call, gateway });
    drop(replaced, this.#deps.logger, 'replacing a dialog of a gateway');
  }

  /** Refuses what rings, and everything from now on; waits until each has gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#unknownNumbers.close();
    const gone = this.#handlers.size === 0 || new Promise<void>((resolve) => this.once('idle', resolve));
    for (const handler of this.#handlers.values()) handler.shutDown('goingAway');
    await gone;
    this.#deps.sip.events.off('incomingCall', this.#onCall);
  }

  #receive(call: IncomingSipCall): void {
    const { proxyServer, book, logger } = this.#deps;
    const gateway = proxyServer.gateway(call.peerId as Parameters<ProxyServer['gateway']>[0]);
    if (this.#isClosed) call.reject({ status: 503, q850: 41 });
    else if (!gateway) call.reject({ status: 403, q850: 57 });
    else if (call.replaces) {
      if (!this.emit('replacing', call, gateway)) call.reject({ status: 481 });
    } else {
      const candidates = readCalledNumber(call, gateway);
      const number = book.find(candidates);
      // Nothing dear is done for a number that we don't have: whoever tries them all out costs next to nothing.
      if (!number) {
        call.reject({ status: 404, q850: 1 });
        this.#unknownNumbers.count(gateway.id, candidates[0] ?? null);
        return;
      }
      const accepted = this.#accept(call, { gateway, number });
      drop(accepted, logger, 'taking in a call of a gateway');
    }
  }

  async #accept(
    call: IncomingSipCall,
    { gateway, number }: Pick<ConstructorParameters<typeof IncomingCallHandler>[2], 'gateway' | 'number'>,
  ): Promise<void> {
    const { clock } = this.#deps;
    const callId = this.#deps.newId() as CallId;
    this.#deps.dialogs?.keepIncoming(call, callId);
    const requestedAtMs = clock.now();
    let isCancelled = false;
    call.once('cancelled', () => {
      isCancelled = true;
    });
    const place = new CallerPlace(this.#deps, gateway, callId);
    const entered = await place.enter();
    if (entered !== 'claimed') {
      if (!isCancelled) call.reject({ status: 503, q850: 34, retryAfterMs: fullRetryMs });
      return;
    }
    const handler = new IncomingCallHandler(this.#deps, this.#options, {
      ...{ callId, call, gateway, place, number, requestedAtMs },
      callingNumber: readCallingNumber(call, gateway),
      callingName: readCallingName(call),
    });
    this.#handlers.set(callId, handler);
    handler.once('taken', (taken) => {
      this.#forget(callId, 'callTaken');
      this.emit('taken', callId, taken);
    });
    handler.once('closed', () => this.#forget(callId, 'callEnded'));
    handler.start({ isCancelled });
    if (this.#isClosed) handler.shutDown('goingAway');
  }

  #forget(callId: CallId, why: 'callTaken' | 'callEnded'): void {
    this.#past.set(callId, why);
    const [oldest] = this.#past.keys();
    if (oldest !== undefined && this.#past.size > rememberedCalls) this.#past.delete(oldest);
    if (this.#handlers.delete(callId) && this.#handlers.size === 0) this.emit('idle');
  }
}

/** Who came by an embed key calls, and is never called. */
function mayBeRung({ entry }: CallClient): boolean {
  return entry.kind !== 'embedKey';
}
