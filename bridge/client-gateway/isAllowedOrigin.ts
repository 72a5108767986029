import type { IncomingMessage } from 'node:http';

/**
 * Whether the page that opens a connection is ours: its Origin names the host that it asks for, or is on the list. The scheme
 * isn't compared, since a proxy in front may have taken off the TLS. Programs that aren't pages send no Origin.
 */
export function isAllowedOrigin(req: Pick<IncomingMessage, 'headers'>, isListed: (origin: string) => boolean): boolean {
  const { origin, host } = req.headers;
  if (origin === undefined) return true;
  if (isListed(origin)) return true;
  if (host === undefined || !URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  return (
    URL.canParse(`${protocol}//${host}`) && new URL(`${protocol}//${host}`).host === originHost && originHost !== ''
  );
}
