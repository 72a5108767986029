const prefix = '#sign-in=';

/** Takes the token of a sign-in link out of the address bar, so that it neither stays in the history nor is shown. */
export function takeSignInToken(location: Location, history: History): string | null {
  if (!location.hash.startsWith(prefix)) return null;
  const token = decodeURIComponent(location.hash.slice(prefix.length));
  history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  return token.length > 0 ? token : null;
}
