import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { CallId, CallServerId, UserId } from '../../../../shared/domain/index.ts';
import type { CallClosing, CallEventRecord, CallOpening, CallProgress } from '../../ports/CallRecordStore.ts';
import type { PageEnd } from '../cursor.ts';

type Row = Record<string, SQLOutputValue>;

export type CallRecordStatements = ReturnType<typeof prepareCallRecordStatements>;

/** A call with everybody in whose history it is. */
export const wholeCall = `calls.*, (
  SELECT json_group_array(json_object('userId', user_id, 'displayName', display_name, 'callingName', calling_name, 'answer', answer))
  FROM participants WHERE call_seq = calls.seq) AS participants`;

/** The SQL of the call records, prepared once. */
export function prepareCallRecordStatements(database: DatabaseSync) {
  const open = database.prepare(`
    INSERT INTO calls (call_id, call_server_id, brand_id, user_id, device_id, direction, calling_number, calling_name,
      called_number, called_name, requested_at_ms, is_told)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (call_id) DO NOTHING`);
  const participate = database.prepare(`
    INSERT INTO participants (call_seq, user_id, requested_at_ms, display_name, calling_name, answer)
    SELECT seq, ?, requested_at_ms, ?, ?, ? FROM calls WHERE call_id = ? AND ended_at_ms IS NULL
    ON CONFLICT (call_seq, user_id) DO UPDATE SET display_name = coalesce(excluded.display_name, display_name),
      calling_name = coalesce(excluded.calling_name, calling_name), answer = coalesce(excluded.answer, answer)`);
  const progress = database.prepare(`
    UPDATE calls SET gateway_id = coalesce(?, gateway_id), gateway_choice = coalesce(?, gateway_choice),
      codec = coalesce(?, codec), answered_at_ms = coalesce(?, answered_at_ms), user_id = coalesce(?, user_id),
      device_id = coalesce(?, device_id), forwarded_to = coalesce(?, forwarded_to),
      forward_gateway_id = coalesce(?, forward_gateway_id), media_way = coalesce(?, media_way),
      transferred_to = coalesce(?, transferred_to), price = coalesce(?, price)
    WHERE call_id = ? AND ended_at_ms IS NULL`);
  const close = database.prepare(`
    UPDATE calls SET ended_at_ms = ?, outcome = ?, disconnected_by = ?, sip_status = ?, q850 = ?, error_code = ?, post_dial_delay_ms = ?
    WHERE call_id = ? AND ended_at_ms IS NULL`);
  const appendEvent = database.prepare(`
    INSERT INTO events (call_seq, at_ms, type, state, detail)
    SELECT seq, ?, ?, ?, ? FROM calls WHERE call_id = ? AND (ended_at_ms IS NULL OR ?)`);
  const get = database.prepare(`SELECT ${wholeCall} FROM calls WHERE call_id = ?`);
  const events = database.prepare(`
    SELECT calls.call_id, events.at_ms, events.type, events.state, events.detail
    FROM calls JOIN events ON events.call_seq = calls.seq WHERE calls.call_id = ? ORDER BY events.seq`);
  const page = (condition: string) =>
    database.prepare(`
      SELECT ${wholeCall} FROM participants AS person JOIN calls ON calls.seq = person.call_seq
      WHERE person.user_id = ? ${condition} ORDER BY person.requested_at_ms DESC, person.call_seq DESC LIMIT ?`);
  const firstPage = page('');
  const nextPage = page('AND (person.requested_at_ms, person.call_seq) < (?, ?)');
  // The call ended, as far as anybody knows, when it was last heard of. Cause 41 of Q.850: a temporary failure.
  const closeInterrupted = database.prepare(`
    UPDATE calls SET outcome = 'interrupted', disconnected_by = 'bridge', q850 = 41,
      ended_at_ms = max(requested_at_ms, coalesce(answered_at_ms, 0),
        coalesce((SELECT max(at_ms) FROM events WHERE call_seq = calls.seq), 0)),
      post_dial_delay_ms = (SELECT min(at_ms) FROM events
        WHERE call_seq = calls.seq AND state IN ('ringing', 'earlyMedia')) - requested_at_ms
    WHERE call_server_id = ? AND ended_at_ms IS NULL RETURNING call_id`);
  const untold = database.prepare(`
    SELECT call_id FROM calls WHERE call_server_id = ? AND is_told = 0 AND ended_at_ms IS NOT NULL ORDER BY seq`);
  const told = database.prepare('UPDATE calls SET is_told = 1 WHERE call_id = ?');

  return {
    /** Says whether the id was free. */
    open(call: CallOpening): boolean {
      const { changes } = open.run(
        call.callId,
        call.callServerId,
        call.brandId,
        call.userId,
        call.deviceId,
        call.direction,
        call.callingNumber,
        call.callingName,
        call.calledNumber,
        call.calledName,
        call.requestedAtMs,
      );
      if (changes > 0 && call.userId !== null) participate.run(call.userId, null, null, null, call.callId);
      return changes > 0;
    },
    /** Says whether the call is open. */
    progress(callId: CallId, change: CallProgress): boolean {
      const choice = change.gatewayChoice === undefined ? null : (JSON.stringify(change.gatewayChoice) ?? null);
      const values = [change.gatewayId ?? null, choice, change.codec ?? null, change.answeredAtMs ?? null];
      const taking = [change.userId ?? null, change.deviceId ?? null];
      const forward = [change.forwardedTo ?? null, change.forwardGatewayId ?? null];
      const price = change.price === undefined ? null : JSON.stringify(change.price);
      const inCall = [change.mediaWay ?? null, change.transferredTo ?? null, price];
      const { changes } = progress.run(...values, ...taking, ...forward, ...inCall, callId);
      for (const { userId, displayName, callingName, answer } of change.participants ?? []) {
        participate.run(userId, displayName, callingName, answer, callId);
      }
      return changes > 0;
    },
    /** Says whether it was open. */
    close(callId: CallId, end: CallClosing): boolean {
      const cause = [end.sipStatus, end.q850, end.errorCode, end.postDialDelayMs];
      return close.run(end.endedAtMs, end.outcome, end.disconnectedBy, ...cause, callId).changes > 0;
    },
    /** Says whether the call is open, or known at least where `isLate`. */
    appendEvent(event: CallEventRecord, isLate: boolean): boolean {
      const detail = JSON.stringify(event.detail);
      return appendEvent.run(event.atMs, event.type, event.state, detail, event.callId, isLate ? 1 : 0).changes > 0;
    },
    get: (callId: CallId): Row | undefined => get.get(callId),
    events: (callId: CallId): Row[] => events.all(callId),
    page(userId: UserId, before: PageEnd | null, limit: number): Row[] {
      if (before === null) return firstPage.all(userId, limit);
      return nextPage.all(userId, before.requestedAtMs, before.seq, limit);
    },
    closeInterrupted: (callServerId: CallServerId): Row[] => closeInterrupted.all(callServerId),
    untold: (callServerId: CallServerId): Row[] => untold.all(callServerId),
    told: (callId: CallId) => told.run(callId),
  };
}
