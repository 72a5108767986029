import type { ErrorRequestHandler } from 'express';
import {
  DialbridgeError,
  errorLanguages,
  errorTable,
  toWireError,
  translateWireError,
} from '../../shared/errors/index.ts';
import type { Logger } from '../observability/index.ts';
import { StorageError } from '../storage/index.ts';

/** The one place where what was thrown becomes an answer, in a language that the person reads. What isn't meant for people is logged and told as `internal`. */
export function sendErrors(logger: Logger): ErrorRequestHandler {
  return (thrown: unknown, req, res, next) => {
    const error = toDialbridgeError(thrown);
    if (error.code === 'internal' || error.code === 'notSaved')
      logger.error({ error: thrown, method: req.method, path: req.path }, 'A request failed');
    if (res.headersSent) return next(thrown);
    const status = errorTable[error.code].httpStatus;
    if (status === 401) res.set('WWW-Authenticate', 'Bearer');
    if (error.retryAfterMs !== undefined) res.set('Retry-After', String(Math.ceil(error.retryAfterMs / 1000)));
    res
      .status(status)
      .set('Cache-Control', 'no-store')
      .json({ error: translateWireError(toWireError(error), req.acceptsLanguages([...errorLanguages]) || 'en') });
  };
}

function toDialbridgeError(thrown: unknown): DialbridgeError {
  if (thrown instanceof DialbridgeError) return thrown;
  if (thrown instanceof StorageError && thrown.code === 'unavailable')
    return new DialbridgeError('notSaved', { cause: thrown });
  // express and its body parser throw errors with a 4xx status for what the client did wrong.
  const status = thrown instanceof Error && 'status' in thrown ? Number(thrown.status) : 500;
  if (status < 400 || status >= 500) return new DialbridgeError('internal', { cause: thrown });
  if (status === 413)
    return new DialbridgeError('tooLarge', { details: { limit: describeLimit(thrown) }, cause: thrown });
  const detail = 'it is not valid JSON in UTF-8 or not a valid address';
  return new DialbridgeError('badRequest', { details: { detail }, cause: thrown });
}

/** The body parser tells its limit in bytes. */
function describeLimit(thrown: unknown): string {
  const bytes = thrown instanceof Error && 'limit' in thrown ? Number(thrown.limit) : Number.NaN;
  return bytes >= 1_048_576 ? `${bytes / 1_048_576} MiB` : `${bytes / 1024} KiB`;
}
