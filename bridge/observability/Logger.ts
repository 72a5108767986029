/** What is said about a line besides its message. Numbers, tokens and passwords in it are redacted before they are written. */
export type LogFields = Readonly<Record<string, unknown>>;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * info: one line per lifecycle step of a call; warn: recovered by itself; error: gave up.
 * An exception goes into the field `error`. No method throws.
 */
export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  /** A logger whose lines all carry these fields too, e.g. the `callId`. */
  child(fields: LogFields): Logger;
}
