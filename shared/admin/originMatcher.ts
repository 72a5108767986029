/**
 * Makes a test of whether a page's origin (the `Origin` header, RFC 6454 section 6.1) is one of `patterns`, which are of
 * `originPatternSchema`. Scheme and port must be the same; `https://*.example.com` is every host below it, not itself.
 * What is no origin, such as `null`, matches nothing. A look-up costs what the host has labels, however many patterns there are.
 */
export function originMatcher(patterns: readonly string[]): (origin: string) => boolean {
  const exact = new Set<string>();
  const below = new Set<string>();
  for (const pattern of patterns) {
    const isWildcard = pattern.includes('://*.');
    const origin = readOrigin(pattern.replace('://*.', '://'));
    if (origin !== undefined) (isWildcard ? below : exact).add(origin.origin);
  }
  return (text) => {
    const url = readOrigin(text);
    // Browsers write it in one way alone: whoever sends another is none.
    if (url?.origin !== text) return false;
    return exact.has(text) || (below.size > 0 && parentsOf(url).some((parent) => below.has(parent)));
  };
}

function readOrigin(text: string): URL | undefined {
  return /^https?:\/\/[^/?#@*\\\s]+$/.test(text) && URL.canParse(text) ? new URL(text) : undefined;
}

/** The origins of the domains that the host is in: of `a.b.example.com` those of `b.example.com`, `example.com` and `com`. */
function parentsOf({ protocol, hostname, port }: URL): readonly string[] {
  const labels = hostname.split('.');
  const end = port === '' ? '' : `:${port}`;
  return labels.slice(1).map((_, index) => `${protocol}//${labels.slice(index + 1).join('.')}${end}`);
}
