import express, { type Router } from 'express';
import type { HttpAppDeps } from './HttpAppDeps.ts';

/** `GET /healthz`: the process answers. `GET /readyz`: calls can be made; 503 names the part that says no. */
export function healthRouter({ readiness }: Pick<HttpAppDeps, 'readiness'>): Router {
  const router = express.Router();
  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const { checks } = await readiness();
    const isReady = Object.values(checks).every((check) => check === true);
    const shown = Object.fromEntries(
      Object.entries(checks).map(([name, check]) => [name, check === true ? 'ok' : check]),
    );
    res
      .status(isReady ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: isReady ? 'ready' : 'notReady', checks: shown });
  });
  return router;
}
