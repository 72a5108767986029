import { type DestinationStream, destination as fileDestination, type Logger as PinoInstance, pino } from 'pino';
import { formatLine } from './formatLine.ts';
import type { LogFields, Logger, LogLevel } from './Logger.ts';
import { redact, redactText } from './redact.ts';

export interface LoggerOptions {
  /** Lines below this level cost nothing. Default `info`. */
  readonly level?: LogLevel;
  /** Gets one JSON text per line. Default: standard error, and readable lines where that is a terminal. */
  readonly destination?: { write(line: string): void };
}

/** A logger that writes JSON lines by pino: `time` (ISO 8601), `level`, the fields, `msg`. */
export function createLogger(options: LoggerOptions = {}): Logger {
  return new PinoLogger(
    pino(
      {
        level: options.level ?? 'info',
        base: null,
        timestamp: () => `,"time":"${new Date().toISOString()}"`,
        formatters: { level: (label) => ({ level: label }) },
        // Redaction and errors are ours (redact.ts): pino's own paths must be known in advance.
        serializers: {},
      },
      options.destination ?? standardError(),
    ),
  );
}

function standardError(): DestinationStream {
  // A call never waits for the log. pino writes what is left when the process exits, but not when it is killed.
  if (!process.stderr.isTTY) return fileDestination({ dest: 2, sync: false });
  return { write: (line) => void process.stderr.write(formatLine(line)) };
}

class PinoLogger implements Logger {
  readonly #pino: PinoInstance;

  constructor(instance: PinoInstance) {
    this.#pino = instance;
  }

  debug(fields: LogFields, message: string): void {
    this.#write('debug', fields, message);
  }

  info(fields: LogFields, message: string): void {
    this.#write('info', fields, message);
  }

  warn(fields: LogFields, message: string): void {
    this.#write('warn', fields, message);
  }

  error(fields: LogFields, message: string): void {
    this.#write('error', fields, message);
  }

  child(fields: LogFields): Logger {
    return new PinoLogger(this.#pino.child(redact(fields)));
  }

  #write(level: 'debug' | 'info' | 'warn' | 'error', fields: LogFields, message: string): void {
    if (!this.#pino.isLevelEnabled(level)) return;
    this.#pino[level](redact(fields), redactText(message));
  }
}
