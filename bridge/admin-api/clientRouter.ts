import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import express, { type Request, type Response, type Router } from 'express';
import type { Brand } from '../../shared/protocol/index.ts';
import { brandPage } from './brandPage.ts';
import { compressedAssets } from './compressedAssets.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';
import { publicFace } from './publicFace.ts';
import { styleNonceOf } from './securityHeaders.ts';
import { visitorOf } from './visitorOf.ts';

/**
 * The built client. Files below `assets/` carry a hash in their name and are kept for ever; everything else is asked for anew
 * each time. A path of the app's own (no dot in its last part) gets `index.html`, in the clothes of the host name's brand.
 */
export function clientRouter(deps: Pick<HttpAppDeps, 'clientDir' | 'brands' | 'publicOrigin'>): Router {
  const { clientDir, brands, publicOrigin } = deps;
  const router = express.Router();
  const assets = join(clientDir, 'assets') + sep;
  router.use(compressedAssets(clientDir));
  router.use(
    express.static(clientDir, {
      index: false,
      redirect: false,
      setHeaders: (res, path) => {
        res.setHeader('Cache-Control', path.startsWith(assets) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  router.use(async (req, res, next) => {
    if (!isPage(req)) return next();
    const brand = neutralPath.test(req.path) ? null : publicFace(brands.forHost(visitorOf(req, publicOrigin).hostname));
    await sendPage(res, join(clientDir, 'index.html'), brand);
  });
  return router;
}

/** Who comes by a token of a host application is of the token's brand, which only the page can read. */
const neutralPath = /^\/enter(\/|$)/;

function isPage(req: Request): boolean {
  const lastPart = req.path.slice(req.path.lastIndexOf('/') + 1);
  const isFile = lastPart.includes('.') && lastPart !== 'index.html';
  return (req.method === 'GET' || req.method === 'HEAD') && !isFile && req.accepts('html') !== false;
}

async function sendPage(res: Response, indexFile: string, brand: Brand | null): Promise<void> {
  const html = await readIndex(indexFile);
  res.set('Cache-Control', 'no-cache').type('html');
  if (html === undefined) {
    res.status(503).send(notBuiltPage);
    return;
  }
  res.send(brandPage(html, brand, styleNonceOf(res)));
}

async function readIndex(indexFile: string): Promise<string | undefined> {
  try {
    return await readFile(indexFile, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const notBuiltPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Dialbridge</title></head>
<body>
<h1>The bridge runs, but its pages were not built yet</h1>
<p>Run <code>npm start</code> in the folder of Dialbridge (it builds them), or <code>npm run build</code>, and reload this page.</p>
</body>
</html>
`;
