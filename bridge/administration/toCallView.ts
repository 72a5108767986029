import type { CallRecordView } from '../../shared/admin/index.ts';
import { type CallRecord, costBefore } from '../storage/index.ts';

/** A call as operators see it; one that is up has cost so much until now. */
export function toCallView(record: CallRecord, nowMs: number): CallRecordView {
  const { participants, gatewayChoice, forwardGatewayId, closing, price, ...facts } = record;
  const { answeredAtMs } = record;
  const talkedUntilMs = closing?.endedAtMs ?? nowMs;
  return {
    ...facts,
    endedAtMs: closing?.endedAtMs ?? null,
    talkMs: closing === null ? null : answeredAtMs === null ? 0 : Math.max(0, closing.endedAtMs - answeredAtMs),
    costMicros: price === null ? null : answeredAtMs === null ? 0 : costBefore(price, answeredAtMs, talkedUntilMs),
    postDialDelayMs: closing?.postDialDelayMs ?? null,
    outcome: closing?.outcome ?? null,
    disconnectedBy: closing?.disconnectedBy ?? null,
    sipStatus: closing?.sipStatus ?? null,
    q850: closing?.q850 ?? null,
    errorCode: closing?.errorCode ?? null,
  };
}
