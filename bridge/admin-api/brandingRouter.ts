import express, { type Router } from 'express';
import type { HttpAppDeps } from './HttpAppDeps.ts';
import { visitorOf } from './visitorOf.ts';

/** `GET /`: the brand of the host name under which the page was opened. Needs no sign-in. */
export function brandingRouter({ brands, publicOrigin }: Pick<HttpAppDeps, 'brands' | 'publicOrigin'>): Router {
  const router = express.Router();
  router.get('/', (req, res) => {
    res.json(brands.forHost(visitorOf(req, publicOrigin).hostname));
  });
  return router;
}
