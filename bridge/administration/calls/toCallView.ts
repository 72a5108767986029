import type { CallRecordView } from '../../../shared/admin/index.ts';
import { type CallRecord, costBefore } from '../../storage/index.ts';

export interface CallViewFacts {
  /** A call that is up has cost so much until now. */
  readonly nowMs: number;
  /** Of `userId`; null: nobody, a visitor, or an account that is gone. */
  readonly userName: string | null;
}

/** A call as operators see it. */
export function toCallView(record: CallRecord, { nowMs, userName }: CallViewFacts): CallRecordView {
  const { participants, gatewayChoice, forwardGatewayId, closing, price, ...facts } = record;
  const { answeredAtMs } = record;
  const talkedUntilMs = closing?.endedAtMs ?? nowMs;
  return {
    ...facts,
    userName,
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
