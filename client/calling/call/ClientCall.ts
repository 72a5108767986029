import type {
  CallDirection,
  CallId,
  CallOutcome,
  CallState,
  CodecName,
  DisconnectedBy,
} from '../../../shared/domain/index.ts';
import type { WireError } from '../../../shared/errors/index.ts';
import type { IncomingCallEnd } from '../../../shared/protocol/index.ts';
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
  /** Which number of ours was called; null for an outgoing call. */
  readonly called: CalledLine | null;
  /** The other side shall not see who calls. */
  readonly isNumberWithheld: boolean;
  /** Revision of the last status taken; -1 before the first. */
  readonly revision: number;
  readonly hasEarlyMedia: boolean;
  readonly isMuted: boolean;
  readonly codec: CodecName | null;
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
