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
  const known = typeof publicOrigin === 'function' ? publicOrigin(req.hostname ?? '') : publicOrigin;
  const text = known ?? `${req.protocol}://${req.host ?? ''}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    url && (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.search === '';
  if (!isPlain || url.hash !== '' || (known === null && url.pathname !== '/')) {
    throw new DialbridgeError('badRequest', { details: { detail: 'the Host header is not a host name' } });
  }
  return {
    address: req.ip ?? '',
    origin: url.origin,
    isSecure: url.protocol === 'https:',
    host: url.host,
    hostname: url.hostname,
  };
}
