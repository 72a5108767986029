import type { CallRecordDetail, CallRecordView } from '../../../shared/admin/index.ts';
import type { BrandId, CallId, CallOutcome, GatewayId, UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { User } from '../../front-end-server/index.ts';
import type { Clock } from '../../observability/index.ts';
import {
  type CallRecord,
  type CallRecordStore,
  type CallSearch,
  type CallTraceStore,
  type Collection,
  StorageError,
} from '../../storage/index.ts';
import { type Actor, isOwn } from '../editing/Actor.ts';
import { toCallView } from './toCallView.ts';

export interface CallArchiveDeps {
  readonly records: Pick<CallRecordStore, 'search' | 'get' | 'events'>;
  readonly traces: Pick<CallTraceStore, 'get'>;
  readonly users: Pick<Collection<User>, 'get'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Which calls; what is undefined doesn't matter. */
export interface CallQuery {
  readonly fromMs?: number | undefined;
  readonly untilMs?: number | undefined;
  readonly userId?: UserId | undefined;
  readonly brandId?: BrandId | undefined;
  readonly gatewayId?: GatewayId | undefined;
  readonly direction?: CallRecord['direction'] | undefined;
  readonly outcome?: readonly CallOutcome[] | undefined;
  /** As it is, or the beginning or the end of it with a `*`. */
  readonly number?: string | undefined;
}

export interface FoundCalls {
  readonly items: readonly CallRecordView[];
  readonly nextCursor: string | null;
  /** As `CallSearchPage.searchedToMs`. */
  readonly searchedToMs: number | null;
}

/** Calls that are read at once for an export. */
const exportPage = 500;

/** All calls, for those who run the phone service or answer for a brand. */
export class CallArchive {
  readonly #records: CallArchiveDeps['records'];
  readonly #traces: CallArchiveDeps['traces'];
  readonly #users: CallArchiveDeps['users'];
  readonly #clock: CallArchiveDeps['clock'];

  constructor(deps: CallArchiveDeps) {
    this.#records = deps.records;
    this.#traces = deps.traces;
    this.#users = deps.users;
    this.#clock = deps.clock;
  }

  /** Newest first. @throws DialbridgeError `forbidden` for another brand's, `badRequest` for a bad cursor */
  async find(
    actor: Actor,
    query: CallQuery,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<FoundCalls> {
    const { limit, cursor } = page;
    try {
      const search = toSearch(actor, query);
      const found = await this.#records.search(search, { limit, ...(cursor !== undefined && { before: cursor }) });
      return {
        items: await this.#views(found.records),
        nextCursor: found.nextCursor,
        searchedToMs: found.searchedToMs === null ? null : Math.round(found.searchedToMs),
      };
    } catch (error) {
      if (!(error instanceof StorageError) || error.code !== 'badCursor') throw error;
      throw new DialbridgeError('badRequest', { details: { detail: '`cursor` is not one of an earlier page' } });
    }
  }

  /** @throws DialbridgeError `notFound`, `forbidden` for another brand's */
  async detail(actor: Actor, callId: CallId): Promise<CallRecordDetail> {
    const record = await this.#records.get(callId);
    if (record === undefined) throw new DialbridgeError('notFound');
    if (!isOwn(actor, record.brandId)) throw new DialbridgeError('forbidden');
    const [call] = await this.#views([record]);
    if (call === undefined) throw new DialbridgeError('notFound');
    const [events, trace] = await Promise.all([this.#records.events(callId), this.#traces.get(callId)]);
    // Addresses of gateways are the operator's, not a brand's.
    const shown = actor.brandId === null ? trace : { ...trace, messages: [], omittedMessages: 0 };
    const requested = { atMs: record.requestedAtMs, type: 'requested', state: 'requested', detail: {} } as const;
    return {
      call,
      participants: await Promise.all(
        record.participants.map(async ({ userId, answer }) => ({
          userId,
          userName: await this.#nameOf(userId),
          answer,
        })),
      ),
      gatewayChoice: record.gatewayChoice,
      events: [
        requested,
        ...events.map(({ atMs, type, state, detail }) => ({ atMs, type, state, detail: { ...detail } })),
      ],
      trace: shown,
    };
  }

  /** All that fit, newest first, read as they are asked for. @throws DialbridgeError `forbidden`, before the first */
  async *all(actor: Actor, query: CallQuery): AsyncGenerator<readonly CallRecordView[]> {
    const search = toSearch(actor, query);
    let before: string | null = null;
    do {
      const page = await this.#records.search(search, { limit: exportPage, ...(before !== null && { before }) });
      yield await this.#views(page.records);
      before = page.nextCursor;
    } while (before !== null);
  }

  async #views(records: readonly CallRecord[]): Promise<readonly CallRecordView[]> {
    const nowMs = this.#clock.now();
    return Promise.all(
      records.map(async (record) => toCallView(record, { nowMs, userName: await this.#nameOf(record.userId) })),
    );
  }

  async #nameOf(userId: UserId | null): Promise<string | null> {
    return userId === null ? null : ((await this.#users.get(userId))?.userName ?? null);
  }
}

function toSearch(actor: Actor, { outcome, number, ...query }: CallQuery): CallSearch {
  if (query.brandId !== undefined && !isOwn(actor, query.brandId)) throw new DialbridgeError('forbidden');
  const wanted = { ...query, brandId: query.brandId ?? actor.brandId ?? undefined, outcomes: outcome };
  const search = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return { ...search, ...(number !== undefined && { number: toPattern(number) }) };
}

function toPattern(number: string): NonNullable<CallSearch['number']> {
  if (number.endsWith('*')) return { beginsWith: number.slice(0, -1) };
  return number.startsWith('*') ? { endsWith: number.slice(1) } : { is: number };
}
