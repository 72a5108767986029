import type { IncomingMessage } from 'node:http';
import type { Page } from '../front-end-server/index.ts';

export interface HandshakeOptions {
  /** Whether an origin besides the one that was asked for is our own. */
  readonly isOwnOrigin: (origin: string) => boolean;
  /** Believe `X-Forwarded-For` and `X-Forwarded-Host` of the machine that connects, as express does with one trusted hop. */
  readonly trustProxy: boolean;
}

/**
 * The page that opens a connection. It is ours where its Origin names the host that it asks for, or is known as our own. The scheme
 * isn't compared, since a proxy in front may have taken off the TLS. Programs that aren't pages send no Origin.
 */
export function pageOf(req: Pick<IncomingMessage, 'headers'>, { isOwnOrigin, trustProxy }: HandshakeOptions): Page {
  const { origin } = req.headers;
  if (origin === undefined) return { origin: null, isOwn: false };
  const host = (trustProxy && firstOf(req.headers['x-forwarded-host'])) || req.headers.host;
  return { origin, isOwn: isOwnOrigin(origin) || (host !== undefined && isAt(origin, host)) };
}

/** IP address of the client: of the machine that connects, or what the proxy there says of whom it speaks for. */
export function clientAddress(
  req: Pick<IncomingMessage, 'headers'> & { readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'> },
  { trustProxy }: Pick<HandshakeOptions, 'trustProxy'>,
): string {
  const header = req.headers['x-forwarded-for'];
  // The last one is what the proxy itself saw; those before it are what others claim.
  const forwarded = trustProxy ? [header ?? []].flat().join(',').split(',').at(-1)?.trim() : undefined;
  return forwarded || (req.socket.remoteAddress ?? '');
}

function isAt(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  const asked = `${protocol}//${host}`;
  return originHost !== '' && URL.canParse(asked) && new URL(asked).host === originHost;
}

function firstOf(header: string | readonly string[] | undefined): string | undefined {
  return [header ?? []].flat()[0]?.split(',')[0]?.trim();
}
