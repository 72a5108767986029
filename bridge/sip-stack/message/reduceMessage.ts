import { canonicalHeaderName } from './headerNames.ts';

/** What says how a call went. Others (X-…, Call-Info, Identity) may carry anything. */
const keptHeaders: ReadonlySet<string> = new Set([
  ...['Via', 'From', 'To', 'Call-ID', 'CSeq', 'Contact', 'Max-Forwards', 'Route', 'Record-Route', 'Content-Type'],
  ...['Content-Length', 'User-Agent', 'Server', 'Allow', 'Supported', 'Require', 'Unsupported', 'Reason', 'Warning'],
  ...['Retry-After', 'Session-Expires', 'Min-SE', 'RSeq', 'RAck', 'P-Asserted-Identity', 'P-Preferred-Identity'],
  ...['Remote-Party-ID', 'Privacy', 'Diversion', 'History-Info', 'Refer-To', 'Referred-By', 'Replaces', 'Event'],
  ...['Subscription-State', 'Expires', 'WWW-Authenticate', 'Proxy-Authenticate', 'Authorization'],
  ...['Proxy-Authorization'],
]);

/** Codecs and direction; not where the audio goes to, and no key. */
const KEPT_SDP = /^(?:m=|a=(?:rtpmap|ptime|sendrecv|sendonly|recvonly|inactive)\b)/;

/** Enough for any header that means something. In characters. */
const longestLine = 512;
const longestMessage = 4096;

/**
 * What is kept of a message, before `redactMessage` goes over it: its first line, the headers that say how a call went in their usual
 * spelling, and of an SDP body the lines on codecs and direction. A body of another kind (the digits of an INFO) goes altogether; its
 * type and length stand in its headers.
 */
export function reduceMessage(text: string): string {
  const [head = '', ...bodies] = text.split(/\r?\n\r?\n/);
  const [first = '', ...lines] = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    const name = canonicalHeaderName(line.slice(0, Math.max(0, colon)).trim());
    return keptHeaders.has(name) ? [`${name}: ${line.slice(colon + 1).trim()}`] : [];
  });
  const sdp = bodies
    .join('\n')
    .split(/\r?\n/)
    .filter((line) => KEPT_SDP.test(line));
  return [first, ...headers, ...(sdp.length > 0 ? ['', ...sdp] : [])]
    .map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line))
    .join('\r\n')
    .slice(0, longestMessage);
}
