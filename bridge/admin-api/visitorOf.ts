import type { Request } from 'express';
import { DialbridgeError } from '../../shared/errors/index.ts';
import type { Visitor } from '../front-end-server/index.ts';
import type { PublicOrigin } from './HttpAppDeps.ts';

export interface HttpVisitor extends Visitor {
  readonly isSecure: boolean;
  /** `host:port` of the origin. */
  readonly host: string;
  readonly hostname: string;
}

/**
 * From where and by which name a request came.
 * @throws DialbridgeError `badRequest` when the Host header is missing or no host name
 */
export function visitorOf(req: Request, publicOrigin: PublicOrigin | null): HttpVisitor {
  const asked = readAskedOrigin(req);
  const known = typeof publicOrigin === 'function' ? publicOrigin(req.hostname ?? '') : publicOrigin;
  const url = known === null ? asked : new URL(known);
  if (url === undefined) {
    throw new DialbridgeError('badRequest', { details: { detail: 'the Host header is not a host name' } });
  }
  const origin = req.get('Origin') ?? null;
  return {
    address: req.ip ?? '',
    origin: url.origin,
    isSecure: url.protocol === 'https:',
    host: url.host,
    hostname: url.hostname,
    // Where a public origin is set, the bridge may still be opened by its own address.
    page: { origin, isOwn: origin !== null && (origin === url.origin || origin === asked?.origin) },
  };
}

function readAskedOrigin(req: Request): URL | undefined {
  const text = `${req.protocol}://${req.host ?? ''}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '' && url.hash === '';
  return isPlain && url.pathname === '/' ? url : undefined;
}
