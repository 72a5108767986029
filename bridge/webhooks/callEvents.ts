import type { WebhookData } from '../../shared/admin/index.ts';
import type { CallLoggerEvents, EndedCall } from '../call-server/call-logger/index.ts';
import type { CallOpening, CallRecord } from '../storage/index.ts';
import type { WebhookEvent } from './WebhookEvent.ts';

/** As the call logger tells of it. */
type AnsweredCall = CallLoggerEvents['answered'][0];

export function startedEvent(opening: CallOpening): WebhookEvent<'call.started'> {
  return eventOf('call.started', opening, { occurredAtMs: opening.requestedAtMs, data: started(opening) });
}

export function answeredEvent({
  opening,
  answeredAtMs,
  gatewayId,
  userId,
}: AnsweredCall): WebhookEvent<'call.answered'> {
  const data = { ...started(opening), userId, gatewayId, answeredAtMs };
  return eventOf('call.answered', opening, { occurredAtMs: answeredAtMs, data });
}

/** The end, and of an incoming call that nobody took that it was missed. */
export function endedEvents(call: Omit<EndedCall, 'mos'>): readonly WebhookEvent[] {
  const { opening, closing, answeredAtMs, gatewayId, userId } = call;
  const { endedAtMs, outcome, disconnectedBy, sipStatus, q850, errorCode, postDialDelayMs } = closing;
  const talkMs = answeredAtMs === null ? 0 : Math.max(0, endedAtMs - answeredAtMs);
  const data = {
    ...{ ...started(opening), userId, gatewayId, answeredAtMs, endedAtMs, talkMs, postDialDelayMs },
    ...{ outcome, disconnectedBy, sipStatus, q850, errorCode },
  };
  const ended = eventOf('call.ended', opening, { occurredAtMs: endedAtMs, data });
  const isMissed = opening.direction === 'incoming' && answeredAtMs === null;
  return isMissed ? [ended, eventOf('call.missed', opening, { occurredAtMs: endedAtMs, data })] : [ended];
}

/** All that is told of a call, from its record. None while that is open. */
export function recordedEvents(record: CallRecord): readonly WebhookEvent[] {
  const { closing, answeredAtMs, gatewayId, userId } = record;
  if (closing === null) return [];
  const call = { opening: record, answeredAtMs, gatewayId, userId };
  return [
    startedEvent(record),
    ...(answeredAtMs === null ? [] : [answeredEvent({ ...call, answeredAtMs })]),
    ...endedEvents({ ...call, closing }),
  ];
}

type CallEventType = 'call.started' | 'call.answered' | 'call.ended' | 'call.missed';

function eventOf<Type extends CallEventType>(
  type: Type,
  { callId, brandId }: CallOpening,
  { occurredAtMs, data }: { readonly occurredAtMs: number; readonly data: WebhookData<Type> },
): WebhookEvent<Type> {
  return { type, occurredAtMs, key: `${type} ${callId}`, orderKey: callId, brandId, data };
}

/** Named one by one: what is added to a record is not told to everybody by that. */
function started(opening: CallOpening): WebhookData<'call.started'> {
  const { callId, brandId, direction, userId, callingNumber, calledNumber, requestedAtMs } = opening;
  return { callId, brandId, direction, userId, callingNumber, calledNumber, requestedAtMs };
}
