import type { ErrorCode } from './errorTable.ts';
import { errorTextsEn } from './errorTexts.en.ts';

/** Values for the placeholders of an error's sentence, e.g. `{ number: '+1 202…' }`. They are shown to the person: nothing secret. */
export type ErrorDetails = Readonly<Record<string, string>>;

export interface ErrorOptions {
  readonly details?: ErrorDetails;
  /** How long the person should wait before trying again, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** An error that a person or a client is told. Thrown inside, converted once at each border. */
export class DialbridgeError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, options: ErrorOptions = {}) {
    super(fillText(errorTextsEn[code], options.details ?? {}), { cause: options.cause });
    this.name = 'DialbridgeError';
    this.code = code;
    this.details = options.details ?? {};
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Puts the details into the placeholders of a sentence. */
export function fillText(text: string, details: ErrorDetails): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => details[name] ?? '?');
}
