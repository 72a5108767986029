import { z } from 'zod';
import {
  brandIdSchema,
  callIdSchema,
  callOutcomeSchema,
  callServerIdSchema,
  callStateSchema,
  codecNameSchema,
  deviceIdSchema,
  disconnectedBySchema,
  gatewayIdSchema,
  mediaWaySchema,
  userIdSchema,
} from '../../../../shared/domain/index.ts';
import type { CallClosing, CallEventRecord, CallRecord } from '../../ports/CallRecordStore.ts';

const participantsSchema = z.array(
  z.object({
    userId: userIdSchema,
    displayName: z.string().nullable(),
    callingName: z.string().nullable(),
    answer: z.enum(['taken', 'declined']).nullable(),
  }),
);

const priceSchema = z.object({
  connectionFeeMicros: z.number(),
  microsPerMinute: z.number(),
  firstMs: z.number(),
  incrementMs: z.number(),
});

const callRowSchema = z.object({
  seq: z.number(),
  call_id: callIdSchema,
  call_server_id: callServerIdSchema,
  brand_id: brandIdSchema,
  user_id: userIdSchema.nullable(),
  device_id: deviceIdSchema.nullable(),
  direction: z.enum(['outgoing', 'incoming']),
  calling_number: z.string().nullable(),
  calling_name: z.string().nullable(),
  called_number: z.string(),
  called_name: z.string().nullable(),
  requested_at_ms: z.number(),
  gateway_id: gatewayIdSchema.nullable(),
  forwarded_to: z.string().nullable(),
  forward_gateway_id: gatewayIdSchema.nullable(),
  transferred_to: z.string().nullable(),
  participants: z.string(),
  gateway_choice: z.string().nullable(),
  price: z.string().nullable(),
  is_anonymous: z.number(),
  codec: codecNameSchema.nullable(),
  media_way: mediaWaySchema.nullable(),
  answered_at_ms: z.number().nullable(),
  ended_at_ms: z.number().nullable(),
  outcome: callOutcomeSchema.nullable(),
  disconnected_by: disconnectedBySchema.nullable(),
  sip_status: z.number().nullable(),
  q850: z.number().nullable(),
  error_code: z.string().nullable(),
  post_dial_delay_ms: z.number().nullable(),
});
type CallRow = z.infer<typeof callRowSchema>;

const eventRowSchema = z.object({
  call_id: callIdSchema,
  at_ms: z.number(),
  type: z.string(),
  state: callStateSchema.nullable(),
  detail: z.string(),
});

export interface NumberedRecord {
  readonly seq: number;
  readonly record: CallRecord;
}

/** Reads a row of `calls`. @throws ZodError */
export function readCallRow(row: unknown): NumberedRecord {
  const call = callRowSchema.parse(row);
  const record: CallRecord = {
    callId: call.call_id,
    callServerId: call.call_server_id,
    brandId: call.brand_id,
    userId: call.user_id,
    deviceId: call.device_id,
    direction: call.direction,
    callingNumber: call.calling_number,
    callingName: call.calling_name,
    calledNumber: call.called_number,
    calledName: call.called_name,
    requestedAtMs: call.requested_at_ms,
    gatewayId: call.gateway_id,
    forwardedTo: call.forwarded_to,
    forwardGatewayId: call.forward_gateway_id,
    transferredTo: call.transferred_to,
    participants: participantsSchema.parse(JSON.parse(call.participants)),
    gatewayChoice: call.gateway_choice === null ? null : JSON.parse(call.gateway_choice),
    price: call.price === null ? null : priceSchema.parse(JSON.parse(call.price)),
    codec: call.codec,
    mediaWay: call.media_way,
    answeredAtMs: call.answered_at_ms,
    isAnonymous: call.is_anonymous === 1,
    closing: readClosing(call),
  };
  return { seq: call.seq, record };
}

function readClosing(call: CallRow): CallClosing | null {
  if (call.ended_at_ms === null || call.outcome === null || call.disconnected_by === null) return null;
  return {
    endedAtMs: call.ended_at_ms,
    outcome: call.outcome,
    disconnectedBy: call.disconnected_by,
    sipStatus: call.sip_status,
    q850: call.q850,
    errorCode: call.error_code,
    postDialDelayMs: call.post_dial_delay_ms,
  };
}

/** Reads a row of `events` with the id of its call. @throws ZodError */
export function readEventRow(row: unknown): CallEventRecord {
  const event = eventRowSchema.parse(row);
  return {
    callId: event.call_id,
    atMs: event.at_ms,
    type: event.type,
    state: event.state,
    detail: z.record(z.string(), z.unknown()).parse(JSON.parse(event.detail)),
  };
}
