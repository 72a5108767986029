import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type Router } from 'express';
import { DialbridgeError } from '../../shared/errors/index.ts';

export interface MetricsSource {
  /** What a bearer must show; null: nobody gets them. */
  readonly token: string | null;
  readonly contentType: string;
  text(): Promise<string>;
}

/** `GET /metrics` for Prometheus. Without a token it is as if there were none: figures of a business aren't for everybody. */
export function metricsRouter({ metrics }: { readonly metrics: MetricsSource }): Router {
  const router = express.Router();
  router.get('/metrics', async (req, res) => {
    if (metrics.token === null) throw new DialbridgeError('notFound');
    if (!isSame(req.get('Authorization') ?? '', `Bearer ${metrics.token}`))
      throw new DialbridgeError('unauthenticated');
    res.set({ 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).send(await metrics.text());
  });
  return router;
}

/** Without telling by its time how much of it was right. */
function isSame(shown: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown), digest(wanted));
}
