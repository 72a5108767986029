import { DialbridgeError } from '../../shared/errors/index.ts';
import { requestTimeoutMs } from '../../shared/protocol/index.ts';
import type { Clock } from '../observability/index.ts';
import type { ParsedRequest } from './parseRequest.ts';

/** Longest tone and pause that can be configured, in milliseconds (RFC 4733 leaves it open; the config bounds it). */
const longestDigitMs = 12_000;

/** How long a request may take before its ack says `requestTimeout`, in milliseconds. Tones take as long as they sound. */
export function deadlineMsOf(request: ParsedRequest): number {
  return request.name === 'call:dtmf'
    ? requestTimeoutMs + request.payload.digits.length * longestDigitMs
    : requestTimeoutMs;
}

/** The work's outcome, or `requestTimeout` when it takes too long. The work itself goes on; a retry by the same id gets its outcome. */
export function withDeadline<Data>(work: Promise<Data>, deadlineMs: number, clock: Clock): Promise<Data> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => reject(new DialbridgeError('requestTimeout')), deadlineMs);
    work.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
}
