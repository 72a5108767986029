import { type CallId, callIdSchema } from '../../../shared/domain/index.ts';

/** A call that shall go on here, as a link of another device says. */
export interface Continuation {
  readonly callId: CallId;
  readonly resumeKey: string;
}

const prefix = '#continue=';

/** The address that another device opens. Behind the `#`: it is never sent to a server, nor kept in its log. */
export function continuationLink({ callId, resumeKey }: Continuation, origin: string): string {
  return `${origin}/${prefix}${encodeURIComponent(`${callId}.${resumeKey}`)}`;
}

/** Takes such a link out of the address bar, so that it neither stays in the history nor is shown; null where there is none. */
export function takeContinuation(location: Location, history: History): Continuation | null {
  const { hash, pathname, search } = location;
  if (!hash.startsWith(prefix)) return null;
  history.replaceState(history.state, '', `${pathname}${search}`);
  try {
    const text = decodeURIComponent(hash.slice(prefix.length));
    const dot = text.lastIndexOf('.');
    const resumeKey = text.slice(dot + 1);
    const callId = callIdSchema.safeParse(text.slice(0, Math.max(0, dot)));
    return callId.success && resumeKey !== '' ? { callId: callId.data, resumeKey } : null;
  } catch {
    return null;
  }
}
