import type { QualityPoint } from '../../../shared/admin/index.ts';
import type { CallId } from '../../../shared/domain/index.ts';
import type { Clock, Logger, Timer } from '../../observability/index.ts';
import type { SipStack, TracedCallMessage } from '../../sip-stack/index.ts';
import {
  type CallEventRecord,
  type CallOpening,
  type CallTracePart,
  type CallTraceStore,
  StorageError,
} from '../../storage/index.ts';
import { type CallLogger, type EndedCall, WriteQueue } from '../call-logger/index.ts';
import { KeptMessages } from './KeptMessages.ts';
import { QualitySeries } from './QualitySeries.ts';
import { UnclaimedMessages } from './UnclaimedMessages.ts';

export interface CallTracesDeps {
  readonly sip: Pick<SipStack, 'traceCalls'>;
  readonly log: Pick<CallLogger, 'on' | 'off'>;
  readonly store: Pick<CallTraceStore, 'append'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What came in so long is written together, in milliseconds. */
export const writeEveryMs = 2000;
/** How long a call that is over is listened to: to the answer to its BYE, and to what is repeated. */
export const lateMs = 5000;

interface Trace {
  readonly messages: KeptMessages;
  readonly quality: QualitySeries;
  readonly sipCallIds: Set<string>;
}

/** Keeps the SIP messages and the audio's figures of every call, within bounds. No call waits for it, or fails by it. */
export class CallTraces {
  readonly #deps: CallTracesDeps;
  readonly #writes: WriteQueue;
  readonly #traces = new Map<CallId, Trace>();
  readonly #callOf = new Map<string, CallId>();
  readonly #unclaimed = new UnclaimedMessages();
  /** With something to write. */
  readonly #changed = new Set<CallId>();
  /** Calls whose record isn't written yet: what is kept beside it waits for that. */
  readonly #opening = new Set<CallId>();
  /** Calls that are over, until nothing more is expected of them. */
  readonly #late = new Map<CallId, Timer>();
  #writeTimer: Timer | undefined;
  readonly #stops: (() => void)[];

  constructor(deps: CallTracesDeps) {
    this.#deps = deps;
    const { sip, log } = deps;
    this.#writes = new WriteQueue(deps, { name: 'traces of calls', mostWaiting: 2000, canRetry: isDiskTrouble });
    const happened = (event: CallEventRecord) => this.#happened(event);
    const ended = (call: EndedCall) => this.#ended(call.opening.callId);
    const requested = ({ callId }: CallOpening) => this.#opening.add(callId);
    const requestKept = ({ callId }: CallOpening) => this.#opening.delete(callId);
    log.on('requested', requested);
    log.on('requestKept', requestKept);
    log.on('happened', happened);
    log.on('ended', ended);
    this.#stops = [
      sip.traceCalls((message) => this.#take(message)),
      () => log.off('requested', requested),
      () => log.off('requestKept', requestKept),
      () => log.off('happened', happened),
      () => log.off('ended', ended),
    ];
  }

  /** How the audio of a call is now. */
  measured(callId: CallId, point: QualityPoint): void {
    this.#traceOf(callId).quality.add(point);
    this.#isChanged(callId);
  }

  /** Writes what there is. Idempotent. */
  async close(): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop();
    for (const timer of this.#late.values()) this.#deps.clock.clearTimeout(timer);
    this.#late.clear();
    this.#deps.clock.clearTimeout(this.#writeTimer);
    for (const callId of [...this.#traces.keys()]) this.#finish(callId);
    await this.#writes.close();
  }

  /** An event that names a dialog says whose its messages are. */
  #happened({ callId, detail: { sipCallId } }: CallEventRecord): void {
    if (typeof sipCallId !== 'string') return;
    this.#traceOf(callId).sipCallIds.add(sipCallId);
    this.#callOf.set(sipCallId, callId);
    for (const message of this.#unclaimed.claim(sipCallId)) this.#keep(callId, message);
  }

  #take(message: TracedCallMessage): void {
    const callId = this.#callOf.get(message.sipCallId);
    if (callId === undefined) this.#unclaimed.add(message);
    else this.#keep(callId, message);
  }

  #keep(callId: CallId, { sipCallId: _, peerId, ...message }: TracedCallMessage): void {
    this.#traceOf(callId).messages.add({ ...message, gatewayId: peerId });
    this.#isChanged(callId);
  }

  #traceOf(callId: CallId): Trace {
    const present = this.#traces.get(callId);
    if (present !== undefined) return present;
    const made = { messages: new KeptMessages(), quality: new QualitySeries(), sipCallIds: new Set<string>() };
    this.#traces.set(callId, made);
    return made;
  }

  #ended(callId: CallId): void {
    if (!this.#traces.has(callId) || this.#late.has(callId)) return;
    const timer = this.#deps.clock.setTimeout(() => {
      this.#late.delete(callId);
      this.#finish(callId);
    }, lateMs);
    timer.unref();
    this.#late.set(callId, timer);
  }

  #finish(callId: CallId): void {
    const trace = this.#traces.get(callId);
    if (trace === undefined) return;
    this.#traces.delete(callId);
    this.#changed.delete(callId);
    for (const sipCallId of trace.sipCallIds) this.#callOf.delete(sipCallId);
    this.#write(callId, trace.messages.takeRest(), trace.quality.takeRest());
  }

  #isChanged(callId: CallId): void {
    this.#changed.add(callId);
    this.#writeSoon();
  }

  #writeSoon(): void {
    if (this.#writeTimer !== undefined) return;
    this.#writeTimer = this.#deps.clock.setTimeout(() => this.#writeChanged(), writeEveryMs);
    this.#writeTimer.unref();
  }

  #writeChanged(): void {
    this.#writeTimer = undefined;
    for (const callId of [...this.#changed]) {
      if (this.#opening.has(callId)) continue;
      this.#changed.delete(callId);
      const trace = this.#traces.get(callId);
      if (trace !== undefined) this.#write(callId, trace.messages.take(), trace.quality.take());
    }
    if (this.#changed.size > 0) this.#writeSoon();
  }

  #write(callId: CallId, messages: CallTracePart, quality: readonly QualityPoint[]): void {
    const part: CallTracePart = { ...messages, ...(quality.length > 0 && { quality }) };
    if (Object.keys(part).length === 0) return;
    this.#writes.push({ perform: () => this.#deps.store.append(callId, part), isDroppable: true });
  }
}

/** Another try helps when the disk refused, not where there is no such call. */
function isDiskTrouble(error: unknown): boolean {
  return !(error instanceof StorageError) || error.code === 'unavailable';
}
