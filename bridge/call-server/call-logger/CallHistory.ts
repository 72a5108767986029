import type { CallId, UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { HistoryDetail, HistoryEntry, HistoryPage, MissedCallsView } from '../../../shared/protocol/index.ts';
import { type CallRecord, type CallRecordStore, StorageError } from '../../storage/index.ts';
import type { MissedCalls } from './MissedCalls.ts';

export interface CallHistoryDeps {
  readonly records: Pick<CallRecordStore, 'get' | 'events' | 'pageByUser'>;
  readonly missed: Pick<MissedCalls, 'of' | 'markSeen'>;
}

const longestPage = 200;
const usualPage = 50;

/** The records of calls as their person sees them. */
export class CallHistory {
  readonly #records: CallHistoryDeps['records'];
  readonly #missed: CallHistoryDeps['missed'];

  constructor(deps: CallHistoryDeps) {
    this.#records = deps.records;
    this.#missed = deps.missed;
  }

  /** Newest first. @throws DialbridgeError `badRequest` when `before` is no cursor of an earlier page */
  async page(userId: UserId, options: { before?: string; limit?: number } = {}): Promise<HistoryPage> {
    const limit = Math.min(longestPage, Math.max(1, Math.floor(options.limit ?? usualPage)));
    const { before } = options;
    try {
      const page = await this.#records.pageByUser(userId, { limit, ...(before === undefined ? {} : { before }) });
      const entries = page.records.map((record) => toEntry(record, userId));
      // Once for a list is enough.
      const missed = before === undefined && { missed: await this.#missed.of(userId) };
      return { entries, nextCursor: page.nextCursor, ...missed };
    } catch (error) {
      if (!(error instanceof StorageError) || error.code !== 'badCursor') throw error;
      throw new DialbridgeError('badRequest', { details: { detail: '`before` is no cursor of an earlier page' } });
    }
  }

  /** The person has seen the calls that ended until then. */
  markSeen(userId: UserId, untilMs: number): Promise<MissedCallsView> {
    return this.#missed.markSeen(userId, untilMs);
  }

  /** @throws DialbridgeError `notFound`, also for somebody else's call */
  async detail(userId: UserId, callId: CallId): Promise<HistoryDetail> {
    const record = await this.#records.get(callId);
    const isTheirs = record?.participants.some((participant) => participant.userId === userId);
    if (record === undefined || !isTheirs) throw new DialbridgeError('notFound');
    const events = await this.#records.events(callId);
    return {
      entry: toEntry(record, userId),
      disconnectedBy: record.closing?.disconnectedBy ?? null,
      sipStatus: record.closing?.sipStatus ?? null,
      q850: record.closing?.q850 ?? null,
      gatewayChoice: record.gatewayChoice,
      mediaWay: record.mediaWay,
      events: events.map(({ atMs, type, state, detail }) => ({ atMs, type, state, detail: { ...detail } })),
    };
  }
}

function toEntry(record: CallRecord, userId: UserId): HistoryEntry {
  const common = {
    callId: record.callId,
    direction: record.direction,
    requestedAtMs: Math.round(record.requestedAtMs),
    endedAtMs: roundTime(record.closing?.endedAtMs ?? null),
    codec: record.codec,
    gatewayId: record.gatewayId,
    ...(record.transferredTo !== null && { transferredTo: record.transferredTo }),
  };
  const answeredAtMs = roundTime(record.answeredAtMs);
  const outcome = record.closing?.outcome ?? null;
  if (record.direction === 'outgoing') {
    return { ...common, number: record.calledNumber, name: record.calledName, answeredAtMs, outcome };
  }
  const self = record.participants.find((participant) => participant.userId === userId);
  const caller = { number: record.callingNumber ?? '', name: self?.callingName ?? record.callingName };
  if (record.answeredAtMs !== null && record.userId !== userId) {
    return { ...common, ...caller, answeredAtMs: null, outcome, takenBy: takerOf(record) };
  }
  const hasDeclined = outcome !== null && record.answeredAtMs === null && self?.answer === 'declined';
  return { ...common, ...caller, answeredAtMs, outcome: hasDeclined ? 'declined' : outcome };
}

/** A person, or the telephone that the call was forwarded to. */
function takerOf(record: CallRecord): string | null {
  const taker = record.participants.find(({ userId }) => userId === record.userId);
  return taker?.displayName ?? record.forwardedTo;
}

/** The protocol's times are whole milliseconds. */
function roundTime(timeMs: number | null): number | null {
  return timeMs === null ? null : Math.round(timeMs);
}
