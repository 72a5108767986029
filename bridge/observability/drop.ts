import type { Logger } from './Logger.ts';

/**
 * Fire and forget: nobody waits for `promise`, and a rejection becomes one line of the log.
 * `context` says what was being done, e.g. `closing the media session`.
 */
export function drop(promise: Promise<unknown>, logger: Logger, context: string): void {
  promise.catch((error: unknown) => logger.error({ error, context }, `Failed: ${context}`));
}
