import { EventEmitter } from 'node:events';
import { z } from 'zod';
import { type UserId, userIdSchema } from '../../../shared/domain/index.ts';
import type { MissedCallsView } from '../../../shared/protocol/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { CallRecord, CallRecordStore, Collection } from '../../storage/index.ts';

/** Up to when a person has seen who called in vain; the id is the user's. Milliseconds since the epoch. */
export const keptSeenMarkSchema = z.strictObject({ id: userIdSchema, seenUntilMs: z.number().int().nonnegative() });
export type KeptSeenMark = z.infer<typeof keptSeenMarkSchema>;

export interface MissedCallsDeps {
  readonly records: Pick<CallRecordStore, 'pageByUser'>;
  readonly marks: Pick<Collection<KeptSeenMark>, 'get' | 'update'>;
  readonly clock: Pick<Clock, 'now'>;
}

export interface MissedCallsEvents {
  /** On one of their devices this person has seen calls that were missed. */
  seen: [{ readonly userId: UserId }];
}

/** More are told as so many. */
export const mostCounted = 99;
/** As far as calls are looked through for one count. */
export const mostLookedAt = 400;
const pageSize = 100;
/** No telephone rings longer: a call that was asked for before that had ended when the mark was set. */
const longestRingMs = 3_600_000;

/** How many calls each person has missed and not seen since, the same on all of their devices. */
export class MissedCalls extends EventEmitter<MissedCallsEvents> {
  readonly #deps: MissedCallsDeps;

  constructor(deps: MissedCallsDeps) {
    super();
    this.#deps = deps;
  }

  async of(userId: UserId): Promise<MissedCallsView> {
    const seenUntilMs = (await this.#deps.marks.get(userId))?.seenUntilMs ?? 0;
    return { count: await this.#countSince(userId, seenUntilMs), seenUntilMs };
  }

  /** Who called in vain until this time (the end of the last call that is shown) has been seen. Earlier than before changes nothing. */
  async markSeen(userId: UserId, seenUntilMs: number): Promise<MissedCallsView> {
    // What has not happened yet nobody has seen.
    const untilMs = Math.min(seenUntilMs, Math.floor(this.#deps.clock.now()));
    let isNews = false;
    await this.#deps.marks.update(userId, (present) => {
      isNews = untilMs > (present?.seenUntilMs ?? 0);
      return isNews || present === undefined ? { id: userId, seenUntilMs: untilMs } : present;
    });
    if (isNews) this.emit('seen', { userId });
    return this.of(userId);
  }

  async #countSince(userId: UserId, seenUntilMs: number): Promise<number> {
    let count = 0;
    let before: string | null = null;
    for (let looked = 0; looked < mostLookedAt; looked += pageSize) {
      const page = await this.#deps.records.pageByUser(userId, { limit: pageSize, ...(before !== null && { before }) });
      for (const record of page.records) {
        if (record.requestedAtMs < seenUntilMs - longestRingMs) return count;
        if (isMissed(record, userId) && endOf(record) > seenUntilMs) count += 1;
        if (count >= mostCounted) return count;
      }
      before = page.nextCursor;
      if (before === null) return count;
    }
    return count;
  }
}

/** It rang, nobody talked in it, and the person didn't decline it. */
function isMissed({ direction, answeredAtMs, closing, participants }: CallRecord, userId: UserId): boolean {
  if (direction !== 'incoming' || answeredAtMs !== null || closing === null) return false;
  return participants.some((person) => person.userId === userId && person.answer === null);
}

/** As histories tell it, in whole milliseconds. */
function endOf({ closing }: CallRecord): number {
  return closing === null ? 0 : Math.round(closing.endedAtMs);
}
