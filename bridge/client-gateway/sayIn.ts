import { translateWireError, type WireError } from '../../shared/errors/index.ts';
import type { CallStatus, NotificationName, NotificationPayload } from '../../shared/protocol/index.ts';

/** A notification with the sentences in it in the person's language. */
export function sayIn<Name extends NotificationName>(
  language: string,
  name: Name,
  payload: NotificationPayload<Name>,
): NotificationPayload<Name> {
  switch (name) {
    case 'call:status':
      return sayStatus(language, payload as CallStatus) as NotificationPayload<Name>;
    case 'session:ended': {
      const { error } = payload as NotificationPayload<'session:ended'>;
      return { error: translateWireError(error, language) } as NotificationPayload<Name>;
    }
    default:
      return payload;
  }
}

function sayStatus(language: string, status: CallStatus): CallStatus {
  const say = (error: WireError) => translateWireError(error, language);
  const { end, limit } = status;
  return {
    ...status,
    end: end?.error ? { ...end, error: say(end.error) } : end,
    limit: limit && { ...limit, error: say(limit.error) },
  };
}
