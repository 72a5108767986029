import type {
  CallDirection,
  CallId,
  CallOutcome,
  CallState,
  CodecName,
  DisconnectedBy,
  MediaWay,
} from '../../../shared/domain/index.ts';
import type { WireError } from '../../../shared/errors/index.ts';
import type { CallStatus, CallTransfer, IncomingCallEnd } from '../../../shared/protocol/index.ts';
import type { MicrophoneProblem } from '../media/index.ts';

/** What the bridge tells of a call, and before it the question for the microphone. */
export type CallPhase = 'askingMicrophone' | CallState;

export interface ClientCallEnd {
  readonly outcome: CallOutcome;
  readonly by: DisconnectedBy;
  /** What the person is told, where the outcome is an error. */
  readonly error?: WireError;
  /** Set where the call failed for want of a microphone. */
  readonly microphone?: MicrophoneProblem;
  /** Set where an incoming call was answered too late: what had become of it. */
  readonly tooLate?: RingingEnd;
  /** The person passed the call on to this number. */
  readonly transferredTo?: string;
  /** It goes on at this other device of the person. */
  readonly movedTo?: string;
}

/** The call is being passed on, or that failed. */
export interface ClientCallTransfer extends CallTransfer {
  /** Known here alone: the bridge has not taken it yet, or refused it. */
  readonly isByPage: boolean;
}

/** How an incoming call stopped ringing here. */
export type RingingEnd = Pick<IncomingCallEnd, 'reason' | 'takenBy'>;

/** The number of ours that was called. */
export interface CalledLine {
  readonly number: string;
  /** What it is called, such as Support. */
  readonly name: string | null;
}

/** A limit that will soon end the call. */
export interface ClientCallLimit {
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly endsAtMs: number;
  /** Why. */
  readonly error: WireError;
}

/** One call as this page knows it. Times are milliseconds since the epoch by this machine's clock. */
export interface ClientCall {
  readonly callId: CallId;
  readonly phase: CallPhase;
  readonly direction: CallDirection;
  /** The other party: as dialled, in E.164 as soon as the bridge has read it. Of an incoming call who calls; empty: withheld. */
  readonly number: string;
  readonly name: string | null;
  /** The page takes over a call that is up: its own of before a crash, or another device's. Null once it has it. */
  readonly takesOver: 'own' | 'other' | null;
  /** Which number of ours was called; null for an outgoing call. */
  readonly called: CalledLine | null;
  /** The other side shall not see who calls. */
  readonly isNumberWithheld: boolean;
  /** Revision of the last status taken; -1 before the first. */
  readonly revision: number;
  readonly hasEarlyMedia: boolean;
  readonly isMuted: boolean;
  /** The person has put the other party on hold, or wishes to: neither hears the other. */
  readonly isOnHold: boolean;
  readonly heldSinceMs: number | null;
  /** The bridge has not answered yet to the wish to hold, or to resume. */
  readonly isHoldPending: boolean;
  /** Why the last wish to hold or resume failed; null: it didn't. */
  readonly holdProblem: WireError | null;
  /** The other party has put us on hold. */
  readonly isHeldByOther: boolean;
  /** The other side has asked for this number in its stead, which is being called. */
  readonly referral: CallStatus['referral'];
  readonly transfer: ClientCallTransfer | null;
  readonly codec: CodecName | null;
  /** Which way the audio goes. */
  readonly mediaWay: MediaWay;
  /** The way of the audio between this page and the bridge. */
  readonly audio: 'connecting' | 'connected' | 'interrupted';
  /** The microphone went away during the call. */
  readonly microphoneLost: MicrophoneProblem | null;
  readonly startedAtMs: number;
  readonly answeredAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly end: ClientCallEnd | null;
  /** Set while the person is to be warned. */
  readonly limit: ClientCallLimit | null;
}

export function isEnded(call: ClientCall): boolean {
  return call.phase === 'ended';
}

/** Being passed on now: nothing else can be done with the call but to hang up. */
export function isBeingPassedOn({ transfer }: ClientCall): boolean {
  return transfer !== null && transfer.state !== 'failed';
}

/** Answered, and not about to end: it can be held, resumed, and passed on. */
export function canBeHeld(call: ClientCall): boolean {
  return call.phase === 'established' && !isBeingPassedOn(call);
}
