import type { CallId } from '../../shared/domain/index.ts';
import {
  type HistoryDetail,
  type HistoryEntry,
  historyDetailSchema,
  historyPageSchema,
  type MissedCallsView,
  missedCallsSchema,
} from '../../shared/protocol/index.ts';
import type { Session } from '../session/index.ts';
import { Observable, type Readable } from '../state/index.ts';
import type { Loadable } from './Loadable.ts';

const pageSize = 50;

export interface HistoryList {
  readonly entries: readonly HistoryEntry[];
  readonly nextCursor: string | null;
  /** Missed and seen on no device yet. */
  readonly missed: MissedCallsView;
}

const noneMissed: MissedCallsView = { count: 0, seenUntilMs: 0 };

export type CallHistoryState = Loadable<HistoryList>;

/** The person's calls, newest first, page by page. */
export class CallHistory {
  readonly #session: Pick<Session, 'send'>;
  readonly #state = new Observable<CallHistoryState>({ kind: 'loading' });

  constructor(session: Pick<Session, 'send'>) {
    this.#session = session;
  }

  get state(): Readable<CallHistoryState> {
    return this.#state;
  }

  /** Reads the newest page; older entries that were shown stay. A failure is kept in the state, unless there is a copy to show. */
  async load(): Promise<void> {
    try {
      const page = await this.#readPage(null);
      const state = this.#state.get();
      this.#state.set({ kind: 'ready', value: state.kind === 'ready' ? joinPages(page, state.value) : page });
    } catch (error) {
      if (this.#state.get().kind !== 'ready') this.#state.set({ kind: 'failed', error });
    }
  }

  /** Adds the next older page. @throws DialbridgeError, BridgeUnreachableError */
  async loadMore(): Promise<void> {
    const state = this.#state.get();
    if (state.kind !== 'ready' || state.value.nextCursor === null) return;
    const page = await this.#readPage(state.value.nextCursor);
    const known = new Set(state.value.entries.map((entry) => entry.callId));
    const entries = [...state.value.entries, ...page.entries.filter((entry) => !known.has(entry.callId))];
    this.#state.set({ kind: 'ready', value: { ...state.value, entries, nextCursor: page.nextCursor } });
  }

  /**
   * The person has seen who called in vain, of the calls that are here: no device counts those any more.
   * @throws DialbridgeError, BridgeUnreachableError
   */
  async markSeen(): Promise<void> {
    const state = this.#state.get();
    if (state.kind !== 'ready') return;
    const untilMs = Math.max(0, ...state.value.entries.map(({ endedAtMs }) => endedAtMs ?? 0));
    if (untilMs <= state.value.missed.seenUntilMs) return;
    const request = { method: 'PUT', path: '/history/seen', body: { untilMs } } as const;
    const missed = await this.#session.send(request, missedCallsSchema);
    const present = this.#state.get();
    if (present.kind === 'ready') this.#state.set({ kind: 'ready', value: { ...present.value, missed } });
  }

  /** @throws DialbridgeError, BridgeUnreachableError */
  readDetail(callId: CallId): Promise<HistoryDetail> {
    return this.#session.send({ method: 'GET', path: `/history/${encodeURIComponent(callId)}` }, historyDetailSchema);
  }

  async #readPage(before: string | null): Promise<HistoryList> {
    const query = new URLSearchParams({ limit: String(pageSize), ...(before !== null && { before }) });
    const page = await this.#session.send({ method: 'GET', path: `/history?${query}` }, historyPageSchema);
    return { ...page, missed: page.missed ?? noneMissed };
  }
}

/** The newest page in front of what was already shown; where the two don't touch, the older part is let go. */
export function joinPages(newest: HistoryList, shown: HistoryList): HistoryList {
  const fresh = new Set(newest.entries.map((entry) => entry.callId));
  const touches = shown.entries.some((entry) => fresh.has(entry.callId));
  if (!touches || newest.nextCursor === null) return newest;
  const older = shown.entries.filter((entry) => !fresh.has(entry.callId));
  return { ...newest, entries: [...newest.entries, ...older], nextCursor: shown.nextCursor };
}
