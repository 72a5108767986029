import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { CallId, CallServerId, UserId } from '../../../shared/domain/index.ts';
import type { CallClosing, CallEventRecord, CallOpening, CallProgress } from '../ports/CallRecordStore.ts';
import type { PageEnd } from './cursor.ts';

type Row = Record<string, SQLOutputValue>;

export type CallRecordStatements = ReturnType<typeof prepareCallRecordStatements>;

/** The SQL of the call records, prepared once. */
export function prepareCallRecordStatements(database: DatabaseSync) {
  const open = database.prepare(`
    INSERT INTO calls (call_id, call_server_id, brand_id, user_id, direction, calling_number, called_number, called_name, requested_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (call_id) DO NOTHING`);
  const progress = database.prepare(`
    UPDATE calls SET gateway_id = coalesce(?, gateway_id), gateway_choice = coalesce(?, gateway_choice),
      codec = coalesce(?, codec), answered_at_ms = coalesce(?, answered_at_ms)
    WHERE call_id = ? AND ended_at_ms IS NULL`);
  const close = database.prepare(`
    UPDATE calls SET ended_at_ms = ?, outcome = ?, disconnected_by = ?, sip_status = ?, q850 = ?, error_code = ?, post_dial_delay_ms = ?
    WHERE call_id = ? AND ended_at_ms IS NULL`);
  const appendEvent = database.prepare(`
    INSERT INTO events (call_seq, at_ms, type, state, detail)
    SELECT seq, ?, ?, ?, ? FROM calls WHERE call_id = ? AND ended_at_ms IS NULL`);
  const get = database.prepare('SELECT * FROM calls WHERE call_id = ?');
  const events = database.prepare(`
    SELECT calls.call_id, events.at_ms, events.type, events.state, events.detail
    FROM calls JOIN events ON events.call_seq = calls.seq WHERE calls.call_id = ? ORDER BY events.seq`);
  const firstPage = database.prepare(
    'SELECT * FROM calls WHERE user_id = ? ORDER BY requested_at_ms DESC, seq DESC LIMIT ?',
  );
  const nextPage = database.prepare(`
    SELECT * FROM calls WHERE user_id = ? AND (requested_at_ms, seq) < (?, ?)
    ORDER BY requested_at_ms DESC, seq DESC LIMIT ?`);
  // The call ended, as far as anybody knows, when it was last heard of.
  const closeInterrupted = database.prepare(`
    UPDATE calls SET outcome = 'interrupted', disconnected_by = 'bridge',
      ended_at_ms = max(requested_at_ms, coalesce(answered_at_ms, 0),
        coalesce((SELECT max(at_ms) FROM events WHERE call_seq = calls.seq), 0)),
      post_dial_delay_ms = (SELECT min(at_ms) FROM events
        WHERE call_seq = calls.seq AND state IN ('ringing', 'earlyMedia')) - requested_at_ms
    WHERE call_server_id = ? AND ended_at_ms IS NULL RETURNING call_id`);

  return {
    /** Says whether the id was free. */
    open(call: CallOpening): boolean {
      const { changes } = open.run(
        call.callId,
        call.callServerId,
        call.brandId,
        call.userId,
        call.direction,
        call.callingNumber,
        call.calledNumber,
        call.calledName,
        call.requestedAtMs,
      );
      return changes > 0;
    },
    /** Says whether the call is open. */
    progress(callId: CallId, change: CallProgress): boolean {
      const choice = change.gatewayChoice === undefined ? null : (JSON.stringify(change.gatewayChoice) ?? null);
      const values = [change.gatewayId ?? null, choice, change.codec ?? null, change.answeredAtMs ?? null];
      return progress.run(...values, callId).changes > 0;
    },
    /** Says whether it was open. */
    close(callId: CallId, end: CallClosing): boolean {
      const cause = [end.sipStatus, end.q850, end.errorCode, end.postDialDelayMs];
      return close.run(end.endedAtMs, end.outcome, end.disconnectedBy, ...cause, callId).changes > 0;
    },
    /** Says whether the call is open. */
    appendEvent(event: CallEventRecord): boolean {
      const detail = JSON.stringify(event.detail);
      return appendEvent.run(event.atMs, event.type, event.state, detail, event.callId).changes > 0;
    },
    get: (callId: CallId): Row | undefined => get.get(callId),
    events: (callId: CallId): Row[] => events.all(callId),
    page(userId: UserId, before: PageEnd | null, limit: number): Row[] {
      if (before === null) return firstPage.all(userId, limit);
      return nextPage.all(userId, before.requestedAtMs, before.seq, limit);
    },
    closeInterrupted: (callServerId: CallServerId): Row[] => closeInterrupted.all(callServerId),
  };
}
