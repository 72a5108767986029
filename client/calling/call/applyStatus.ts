import type { CallStatus } from '../../../shared/protocol/index.ts';
import type { ClientCall, ClientCallEnd } from './ClientCall.ts';

/** A status as it came: `clockOffsetMs` is the bridge's clock minus ours, `atMs` now by ours. */
export interface ReceivedStatus {
  readonly status: CallStatus;
  readonly clockOffsetMs: number;
  readonly atMs: number;
}

/** What a call looks like after the bridge told its state. One that is older than what is known changes nothing. */
export function applyStatus(call: ClientCall, { status, clockOffsetMs, atMs }: ReceivedStatus): ClientCall {
  if (status.callId !== call.callId || status.revision <= call.revision) return call;
  const here = (bridgeMs: number | null) => (bridgeMs === null ? null : bridgeMs - clockOffsetMs);
  // Who has hung up sees no more ringing, whatever crosses the wish on its way.
  const phase = call.phase === 'disconnecting' && status.state !== 'ended' ? 'disconnecting' : status.state;
  return {
    // What the person wished last stands until the bridge has answered it.
    ...held(call, call.isHoldPending ? call.isOnHold : status.isOnHold, atMs),
    phase,
    takesOver: null,
    revision: status.revision,
    ...partyOf(call, status),
    hasEarlyMedia: status.hasEarlyMedia,
    isHeldByOther: status.isHeldByOther,
    referral: status.referral,
    transfer: transferOf(call, status),
    codec: status.codec,
    mediaWay: status.mediaWay,
    answeredAtMs: here(status.answeredAt),
    endedAtMs: here(status.endedAt),
    end: status.end === null ? null : toClientEnd(status.end),
    limit: status.limit && { endsAtMs: status.limit.endsAt - clockOffsetMs, error: status.limit.error },
  };
}

/** The other party, and what of ours they called. What the page knew before the bridge stays: it is from the address book. */
function partyOf(call: ClientCall, status: CallStatus): Pick<ClientCall, 'direction' | 'number' | 'name' | 'called'> {
  const { direction, calledNumber, calledName, callingNumber, callingName } = status;
  const number = direction === 'outgoing' ? calledNumber : (callingNumber ?? '');
  // Another one has taken the place of the one whom the page knows. Before the first status it knows what the person wrote.
  const known = call.revision >= 0 && number !== call.number ? null : call.name;
  if (direction === 'outgoing') return { direction, number, name: known ?? calledName ?? null, called: null };
  return {
    direction,
    number,
    name: known ?? callingName ?? null,
    called: { number: calledNumber, name: call.called?.name ?? calledName ?? null },
  };
}

function toClientEnd({ outcome, by, error, transferredTo }: NonNullable<CallStatus['end']>): ClientCallEnd {
  return { outcome, by, ...(error !== undefined && { error }), ...(transferredTo !== undefined && { transferredTo }) };
}

export function held(call: ClientCall, isOnHold: boolean, atMs: number): ClientCall {
  if (isOnHold === call.isOnHold) return call;
  return { ...call, isOnHold, heldSinceMs: isOnHold ? atMs : null };
}

/** That the bridge tells of no transfer says nothing of one that it doesn't know of yet, or refused. */
function transferOf({ transfer }: ClientCall, status: CallStatus): ClientCall['transfer'] {
  if (status.transfer !== null) return { ...status.transfer, isByPage: false };
  return transfer?.isByPage ? transfer : null;
}
