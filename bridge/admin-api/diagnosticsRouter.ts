import express, { type Router } from 'express';
import { DialbridgeError } from '../../shared/errors/index.ts';
import type { AccessCheck } from './createAccessCheck.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';

/** `GET /holdings`: what the bridge holds right now, for operators who look for a leak. */
export function diagnosticsRouter({ holdings }: Pick<HttpAppDeps, 'holdings'>, check: AccessCheck): Router {
  const router = express.Router();
  router.get(
    '/holdings',
    check(async ({ user }, _req, res) => {
      if (user.role !== 'operator') throw new DialbridgeError('forbidden');
      res.json(await holdings());
    }),
  );
  return router;
}
