import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import type { PublicOrigin } from './HttpAppDeps.ts';
import { visitorOf } from './visitorOf.ts';

export interface SecurityHeadersDeps {
  readonly publicOrigin: PublicOrigin | null;
  readonly randomBytes: (size: number) => Uint8Array;
}

const nonces = new WeakMap<Response, string>();

/** The nonce that this answer's content security policy allows for `<style>` elements made by scripts of ours. */
export function styleNonceOf(res: Response): string {
  return nonces.get(res) ?? '';
}

/**
 * Security headers of every answer: scripts, styles, fonts and connections from this origin alone. HSTS and the isolation of
 * the page only where it came by HTTPS: on plain HTTP browsers ignore them.
 */
export function securityHeaders({ publicOrigin, randomBytes }: SecurityHeadersDeps): RequestHandler {
  const forHttps = helmet({
    ...common(false),
    strictTransportSecurity: { maxAge: 15_552_000, includeSubDomains: false },
  });
  const forHttp = helmet({
    ...common(true),
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
  return (req: Request, res: Response, next: NextFunction) => {
    const { isSecure, host } = visitorOf(req, publicOrigin);
    nonces.set(res, Buffer.from(randomBytes(16)).toString('base64'));
    sockets.set(res, `${isSecure ? 'wss' : 'ws'}://${host}`);
    res.set('Permissions-Policy', 'microphone=(self), camera=(), geolocation=(), payment=(), usb=()');
    (isSecure ? forHttps : forHttp)(req, res, next);
  };
}

/** Some browsers don't count WebSockets among `'self'`, so their address is named. */
const sockets = new WeakMap<object, string>();

function common(isPlainHttp: boolean) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'script-src-attr': ["'none'"],
        'style-src': ["'self'", (_req, res) => `'nonce-${nonces.get(res as Response) ?? ''}'`],
        'style-src-attr': ["'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'", (_req, res) => sockets.get(res) ?? "'self'"],
        'media-src': ["'self'", 'blob:', 'data:', 'mediastream:'],
        'worker-src': ["'self'", 'blob:'],
        'manifest-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'self'"],
        ...(isPlainHttp ? {} : { 'upgrade-insecure-requests': [] }),
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  } as const satisfies HelmetOptions;
}
