import { EventEmitter } from 'node:events';
import type { CallId, CallServerId, CallState, GatewayId, UserId } from '../../../shared/domain/index.ts';
import type { Clock, Logger } from '../../observability/index.ts';
import {
  type ActiveCall,
  type ActiveCallMos,
  type ActiveCallStore,
  type CallClosing,
  type CallEventRecord,
  type CallOpening,
  type CallProgress,
  type CallRecordStore,
  StorageError,
} from '../../storage/index.ts';
import { describeEvent, isNoise } from './describeEvent.ts';
import { WriteQueue } from './WriteQueue.ts';

export interface CallLoggerDeps {
  readonly activeCalls: Pick<ActiveCallStore, 'add' | 'update' | 'remove' | 'list'>;
  readonly records: Pick<CallRecordStore, 'open' | 'progress' | 'close' | 'appendEvent' | 'closeInterrupted'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly callServerId: CallServerId;
}

/** A call that is over, as far as those must know who count and tell of calls. */
export interface EndedCall {
  readonly opening: CallOpening;
  readonly closing: CallClosing;
  readonly answeredAtMs: number | null;
  readonly gatewayId: GatewayId | null;
  /** Who dialled or took it; null: nobody. */
  readonly userId: UserId | null;
  /** As it was measured last; null: it wasn't. */
  readonly mos: ActiveCallMos | null;
}

export interface CallLoggerEvents {
  requested: [CallOpening];
  /** Each event of a call, as it is kept. Before `ended` of that call. */
  happened: [CallEventRecord];
  /** The two can talk. At most once per call. */
  answered: [Omit<EndedCall, 'closing' | 'mos'> & { readonly answeredAtMs: number }];
  /** Exactly once per call that was requested. */
  ended: [EndedCall];
  /**
   * As `requested`, `answered` and `ended`, in this order, when the record has it, so that no `kill -9` takes it back; or when that was given
   * up. Who tells the world of calls listens to these.
   */
  requestKept: [CallOpening];
  answerKept: CallLoggerEvents['answered'];
  endKept: CallLoggerEvents['ended'];
  /** The record of a call was closed and is in storage: the history of this person has changed. Once for each who takes part. */
  recordClosed: [{ readonly userId: UserId; readonly callId: CallId }];
}

export interface CallEventDetails {
  /** State of the call after the event. */
  readonly state?: CallState;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** What is known of a call as long as it is up, and not kept in its record. */
export interface CallPresence extends Partial<Pick<ActiveCall, 'mos'>> {
  readonly state?: CallState;
}

/** How long what happens in calls waits to be written together: a transaction costs as much as many writes. */
const lingerMs = 50;
/** Openings wait only so long that the INVITE leaves first: a call has its record before a telephone can have rung. */
const openingLingerMs = 20;

/** What the logger must remember of a call between its request and its end. */
interface LoggedCall {
  readonly opening: CallOpening;
  gatewayId: GatewayId | null;
  mos: ActiveCallMos | null;
  /** Who dialled it, or took it. */
  userId: UserId | null;
  /** In whose history it is. */
  readonly userIds: Set<UserId>;
  state: CallState;
  answeredAtMs: number | null;
}

/**
 * Keeps the connection database and the call records in step with the calls of this call server, and writes the log.
 * A call never waits for it and never fails by it: methods return at once, and writes go through a queue.
 */
export class CallLogger extends EventEmitter<CallLoggerEvents> {
  readonly #deps: CallLoggerDeps;
  readonly #recordWrites: WriteQueue;
  readonly #activeWrites: WriteQueue;
  readonly #calls = new Map<CallId, LoggedCall>();

  constructor(deps: CallLoggerDeps) {
    super();
    this.#deps = deps;
    this.#recordWrites = new WriteQueue(deps, {
      name: 'call records',
      canRetry: isDiskTrouble,
      lingerMs,
      urgentLingerMs: openingLingerMs,
    });
    this.#activeWrites = new WriteQueue(deps, { name: 'active calls' });
  }

  /** Why call records can't be written at the moment; null: they can. They wait meanwhile, as long as there is room. */
  get trouble(): string | null {
    return this.#recordWrites.trouble;
  }

  /** It was requested here, and has not ended. */
  has(callId: CallId): boolean {
    return this.#calls.has(callId);
  }

  /** A call was asked for. Opens its record and its entry in the connection database. */
  requested(opening: CallOpening): void {
    const { callId, userId, calledNumber, direction } = opening;
    const userIds = new Set(userId === null ? [] : [userId]);
    this.#calls.set(callId, {
      ...{ opening, userId, userIds, gatewayId: null, mos: null },
      ...{ state: 'requested', answeredAtMs: null },
    });
    this.#deps.logger.info({ callId, userId, calledNumber, direction }, 'Call requested');
    const call = toActiveCall(opening);
    this.#activeWrites.push({ perform: () => this.#deps.activeCalls.add(call), isDroppable: false });
    this.#recordWrites.push({
      perform: () => this.#deps.records.open(opening),
      isDroppable: false,
      isUrgent: true,
      onSettled: () => this.emit('requestKept', opening),
    });
    this.emit('requested', opening);
  }

  /** Something happened in the call, now. `type` is in the past tense. Ignored once the call has ended. */
  event(callId: CallId, type: string, details: CallEventDetails = {}): void {
    const call = this.#calls.get(callId);
    if (call === undefined) return;
    const { state = null, detail = {} } = details;
    const record = { callId, atMs: this.#deps.clock.now(), type, state, detail };
    this.#deps.logger[isNoise(type) ? 'debug' : 'info'](describeEvent(record), `Call event: ${type}`);
    this.#recordWrites.push({ perform: () => this.#deps.records.appendEvent(record), isDroppable: true });
    this.#moveTo(callId, call, state);
    this.emit('happened', record);
  }

  /** What became known of a call that goes on. */
  progressed(callId: CallId, progress: CallProgress & CallPresence): void {
    const call = this.#calls.get(callId);
    if (call === undefined) return;
    const { state = null, mos, ...change } = progress;
    call.mos = mos ?? call.mos;
    call.gatewayId = change.gatewayId ?? call.gatewayId;
    call.userId = change.userId ?? call.userId;
    const answered = this.#answered(call, change.answeredAtMs);
    for (const { userId } of change.participants ?? []) call.userIds.add(userId);
    if (Object.keys(change).length > 0) {
      this.#recordWrites.push({
        perform: () => this.#deps.records.progress(callId, change),
        isDroppable: false,
        ...(answered && { onSettled: () => this.emit('answerKept', answered) }),
      });
    }
    const active = activeChange(progress);
    if (Object.keys(active).length > 0) {
      this.#activeWrites.push({ perform: () => this.#deps.activeCalls.update(callId, active), isDroppable: false });
    }
    this.#moveTo(callId, call, state);
  }

  /** The call is over. Closes its record, and takes it out of the connection database. Ignored when it had ended before. */
  ended(callId: CallId, closing: CallClosing): void {
    const call = this.#calls.get(callId);
    if (call === undefined) return;
    this.#calls.delete(callId);
    const { opening, answeredAtMs, gatewayId, userId, mos } = call;
    const ended = { opening, closing, answeredAtMs, gatewayId, userId, mos };
    this.emit('ended', ended);
    const talkedMs = call.answeredAtMs === null ? 0 : closing.endedAtMs - call.answeredAtMs;
    this.#deps.logger.info({ callId, talkedMs, ...closing }, 'Call ended');
    this.#activeWrites.push({ perform: () => this.#deps.activeCalls.remove(callId), isDroppable: false });
    this.#recordWrites.push({
      perform: () => this.#deps.records.close(callId, closing),
      isDroppable: false,
      onPerformed: () => {
        for (const userId of call.userIds) this.emit('recordClosed', { userId, callId });
      },
      onSettled: () => this.emit('endKept', ended),
    });
  }

  /**
   * To be called at the start, before the first call: closes what an earlier run of this call server left open.
   * @throws StorageError when storage can't be used
   */
  async recover(): Promise<readonly CallId[]> {
    const { activeCalls, records, callServerId, logger } = this.#deps;
    const interrupted = await records.closeInterrupted(callServerId);
    const left = (await activeCalls.list()).filter((call) => call.callServerId === callServerId);
    await Promise.all(left.map(({ id }) => activeCalls.remove(id)));
    if (interrupted.length > 0) {
      logger.warn(
        { count: interrupted.length },
        'Calls were up when the bridge stopped; their records were closed as interrupted',
      );
    }
    return interrupted;
  }

  /** Resolves when everything logged until now is in storage, or was given up with a line in the log. */
  async flush(): Promise<void> {
    await Promise.all([this.#recordWrites.flush(), this.#activeWrites.flush()]);
  }

  /** As `flush`, but without pauses between tries. Idempotent. */
  async close(): Promise<void> {
    await Promise.all([this.#recordWrites.close(), this.#activeWrites.close()]);
  }

  /** The first answer; the two can be put together anew by a transfer. */
  #answered(call: LoggedCall, answeredAtMs: number | undefined): CallLoggerEvents['answered'][0] | null {
    if (answeredAtMs === undefined) return null;
    const isFirst = call.answeredAtMs === null;
    call.answeredAtMs = answeredAtMs;
    if (!isFirst) return null;
    const { opening, gatewayId, userId } = call;
    const answered = { opening, answeredAtMs, gatewayId, userId };
    this.emit('answered', answered);
    return answered;
  }

  #moveTo(callId: CallId, call: LoggedCall, state: CallState | null): void {
    if (state === null || state === call.state) return;
    call.state = state;
    this.#activeWrites.push({ perform: () => this.#deps.activeCalls.update(callId, { state }), isDroppable: false });
  }
}

function toActiveCall(opening: CallOpening): ActiveCall {
  const { callId, callServerId, brandId, direction, userId, deviceId, callingNumber, calledNumber } = opening;
  return {
    ...{ id: callId, callServerId, brandId, direction, userId, deviceId, callingNumber, calledNumber },
    ...{ transferredTo: null, state: 'requested', gatewayId: null, codec: null, mediaWay: null },
    ...{ requestedAtMs: opening.requestedAtMs, answeredAtMs: null, price: null, mos: null },
  };
}

/** What the connection database keeps of it. */
function activeChange(progress: CallProgress & CallPresence): Partial<ActiveCall> {
  const { gatewayId, codec, mediaWay, answeredAtMs, userId, deviceId, transferredTo, price, mos } = progress;
  const kept = { gatewayId, codec, mediaWay, answeredAtMs, userId, deviceId, transferredTo, price, mos };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}

/** Another try helps when the disk refused, not when the write itself makes no sense. */
function isDiskTrouble(error: unknown): boolean {
  return !(error instanceof StorageError) || error.code === 'unavailable';
}
