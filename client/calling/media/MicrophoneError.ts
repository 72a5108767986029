/** Why there is no microphone; each has a sentence of its own that says what to do. */
export type MicrophoneProblem =
  /** Browsers give the microphone to secure pages only. */
  | 'insecurePage'
  /** The browser has no way to open one. */
  | 'unsupported'
  /** Refused, now or earlier. */
  | 'blocked'
  /** The question was closed without an answer. */
  | 'dismissed'
  /** The operating system keeps it from the browser. */
  | 'blockedBySystem'
  | 'notFound'
  /** Another program holds it, or it failed to start. */
  | 'inUse'
  | 'failed';

export class MicrophoneError extends Error {
  readonly problem: MicrophoneProblem;

  constructor(problem: MicrophoneProblem, options?: ErrorOptions) {
    super(`No microphone: ${problem}`, options);
    this.name = 'MicrophoneError';
    this.problem = problem;
  }
}

/** Reads the exceptions of `getUserMedia` (Media Capture and Streams, section 9.2). */
export function toMicrophoneError(thrown: unknown): MicrophoneError {
  if (thrown instanceof MicrophoneError) return thrown;
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  const message = thrown instanceof Error || thrown instanceof DOMException ? thrown.message : '';
  return new MicrophoneError(readProblem(name, message), { cause: thrown });
}

function readProblem(name: string, message: string): MicrophoneProblem {
  switch (name) {
    case 'NotAllowedError':
      // Chromium tells in the message who refused.
      if (/dismissed/i.test(message)) return 'dismissed';
      return /system/i.test(message) ? 'blockedBySystem' : 'blocked';
    case 'SecurityError':
      return 'blocked';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'notFound';
    case 'NotReadableError':
    case 'AbortError':
      return 'inUse';
    case 'TypeError':
      return 'unsupported';
    default:
      return 'failed';
  }
}

/** Why the microphone could not be opened, of whatever was thrown. */
export function problemOf(thrown: unknown): MicrophoneProblem {
  return thrown instanceof MicrophoneError ? thrown.problem : 'failed';
}
