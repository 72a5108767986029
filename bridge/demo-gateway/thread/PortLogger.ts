import type { LogFields, Logger } from '../../observability/index.ts';
import type { FromThread } from './messages.ts';

/** Hands every line to the thread that has the real logger. */
export class PortLogger implements Logger {
  readonly #post: (message: FromThread) => void;
  readonly #fields: LogFields;

  constructor(post: (message: FromThread) => void, fields: LogFields = {}) {
    this.#post = post;
    this.#fields = fields;
  }

  debug(fields: LogFields, message: string): void {
    this.#log('debug', fields, message);
  }

  info(fields: LogFields, message: string): void {
    this.#log('info', fields, message);
  }

  warn(fields: LogFields, message: string): void {
    this.#log('warn', fields, message);
  }

  error(fields: LogFields, message: string): void {
    this.#log('error', fields, message);
  }

  child(fields: LogFields): Logger {
    return new PortLogger(this.#post, { ...this.#fields, ...fields });
  }

  #log(level: 'debug' | 'info' | 'warn' | 'error', fields: LogFields, message: string): void {
    const line = { type: 'log', level, message } as const;
    try {
      this.#post({ ...line, fields: { ...this.#fields, ...fields } });
    } catch {
      // Some field can't be copied to another thread: the line itself still can.
      this.#post({ ...line, fields: {} });
    }
  }
}
