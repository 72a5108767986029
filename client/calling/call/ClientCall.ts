import type { CallId, CallOutcome, CallState, CodecName, DisconnectedBy } from '../../../shared/domain/index.ts';
import type { WireError } from '../../../shared/errors/index.ts';
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
  /** As dialled; in E.164 as soon as the bridge has read it. */
  readonly number: string;
  readonly name: string | null;
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
