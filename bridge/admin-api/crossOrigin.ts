import type { Request, RequestHandler, Response } from 'express';
import type { PageOrigins } from '../front-end-server/index.ts';

/**
 * Lets pages of other origins read the answer (Fetch standard, section 3.2), where a key in use is for them: these exactly, and
 * never with cookies. Whether the page may use the very key that it brings is decided by who lets people in; this page may read
 * that refusal too. Put it before the one path that such pages may ask.
 */
export function crossOrigin(pageOrigins: Pick<PageOrigins, 'isKnown'>): RequestHandler {
  return (req: Request, res: Response, next) => {
    const origin = req.get('Origin');
    const isKnown = origin !== undefined && pageOrigins.isKnown(origin);
    res.vary('Origin');
    if (isKnown) res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'Retry-After' });
    if (req.method !== 'OPTIONS') return next();
    if (isKnown) {
      res.set({
        'Access-Control-Allow-Methods': 'POST',
        'Access-Control-Allow-Headers': 'Content-Type, X-Dialbridge',
        'Access-Control-Max-Age': '600',
      });
    }
    res.status(204).end();
  };
}
