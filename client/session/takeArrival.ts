import type { SignInRequest } from '../../shared/protocol/index.ts';

/** By which words behind the `#` somebody comes in, and what is asked of the bridge then. */
const ways: readonly [prefix: string, request: (text: string, newId: () => string) => SignInRequest][] = [
  ['#sign-in=', (signInToken) => ({ signInToken })],
  ['#token=', (hostToken) => ({ hostToken })],
  ['#embed-key=', (embedKey, newId) => ({ embedKey, visitorId: newId() })],
];

/**
 * Takes what signs somebody in out of the address bar, so that it neither stays in the history nor is shown: the token of a
 * sign-in link, a host application's token, or an embed key.
 */
export function takeArrival(location: Location, history: History, newId: () => string): SignInRequest | null {
  const { hash, pathname, search } = location;
  const [prefix, request] = ways.find(([one]) => hash.startsWith(one)) ?? [];
  if (prefix === undefined || request === undefined) return null;
  history.replaceState(history.state, '', `${pathname}${search}`);
  const text = decodeURIComponent(hash.slice(prefix.length));
  return text.length > 0 ? request(text, newId) : null;
}
