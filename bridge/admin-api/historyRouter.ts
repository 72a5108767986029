import express, { type Router } from 'express';
import { z } from 'zod';
import { callIdSchema } from '../../shared/domain/index.ts';
import { DialbridgeError } from '../../shared/errors/index.ts';
import type { AccessCheck } from './createAccessCheck.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';
import { parseInput } from './parseInput.ts';
import { withFeature } from './withFeature.ts';

const pageQuerySchema = z.object({
  before: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** The person's calls: `GET /?before=CURSOR&limit=50`, `GET /:callId`. */
export function historyRouter(
  { history, brands }: Pick<HttpAppDeps, 'history' | 'brands'>,
  checkAccess: AccessCheck,
): Router {
  const check = withFeature('history', brands, checkAccess);
  const router = express.Router();

  router.get(
    '/',
    check(async ({ user }, req, res) => {
      const { before, limit } = parseInput(pageQuerySchema, req.query);
      res.json(await history.page(user.id, { limit, ...(before !== undefined && { before }) }));
    }),
  );

  router.get(
    '/:callId',
    check(async ({ user }, req, res) => {
      const detail = await history.detail(user.id, parseInput(callIdSchema, req.params.callId));
      if (detail === undefined) throw new DialbridgeError('notFound');
      res.json(detail);
    }),
  );

  return router;
}
