import express, { type Express } from 'express';
import { DialbridgeError } from '../../shared/errors/index.ts';
import { apiEndpoints } from './apiEndpoints.ts';
import { brandingRouter, manifestRouter } from './brandingRouter.ts';
import { clientRouter } from './clientRouter.ts';
import { createAccessCheck } from './createAccessCheck.ts';
import { endpointRouter, usualBodyLimit } from './endpoints/index.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';
import { healthRouter } from './healthRouter.ts';
import { metricsRouter } from './metricsRouter.ts';
import { apiPageRouter } from './open-api/index.ts';
import { securityHeaders } from './securityHeaders.ts';
import { sendErrors } from './sendErrors.ts';
import { sessionRouter } from './sessionRouter.ts';

/** Everything that is served over HTTP except socket.io: give it to `http.createServer`. Opens nothing of its own. */
export function createHttpApp(deps: HttpAppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // One hop: the proxy that connects to us is believed, what it was told by others is not.
  app.set('trust proxy', deps.trustProxy ? 1 : false);
  app.set('query parser', 'simple');
  app.use(healthRouter(deps));
  app.use(metricsRouter(deps));
  app.use(securityHeaders(deps));
  app.use('/api', (_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  const doors = {
    accessTokens: deps.accessTokens,
    actors: deps.actors,
    brands: deps.brands,
    publicOrigin: deps.publicOrigin,
  };
  for (const endpoints of apiEndpoints(deps)) app.use(endpointRouter(endpoints, doors));
  app.use('/api/docs', apiPageRouter());
  app.use('/api', api(deps));
  app.use(manifestRouter(deps));
  app.use(clientRouter(deps));
  app.use(() => {
    throw new DialbridgeError('notFound');
  });
  app.use(sendErrors(deps.logger));
  return app;
}

/** What has a router of its own (`handMadeEndpoints` describes it), by where it is mounted. */
export function handMadeRouters(deps: HttpAppDeps): Readonly<Record<string, express.Router>> {
  return {
    '/api/v1/session': sessionRouter(deps, createAccessCheck(deps.accessTokens)),
    '/api/v1/branding': brandingRouter(deps),
  };
}

function api(deps: HttpAppDeps): express.Router {
  const router = express.Router();
  const json = express.json({ limit: usualBodyLimit });
  for (const [path, handMade] of Object.entries(handMadeRouters(deps))) {
    router.use(path.slice('/api'.length), json, handMade);
  }
  router.use(() => {
    throw new DialbridgeError('notFound');
  });
  return router;
}
