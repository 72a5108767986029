import express, { type Request, type Router } from 'express';
import { z } from 'zod';
import { drawIcon, iconUrl, themeColours } from '../../shared/branding/index.ts';
import { brandIdSchema } from '../../shared/domain/index.ts';
import { DialbridgeError } from '../../shared/errors/index.ts';
import type { Brand } from '../../shared/protocol/index.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';
import { parseInput } from './parseInput.ts';
import { publicFace } from './publicFace.ts';
import { visitorOf } from './visitorOf.ts';

type BrandingDeps = Pick<HttpAppDeps, 'brands' | 'publicOrigin' | 'brandAssets'>;

/**
 * What was uploaded is shown as a picture or a font and never as a page: opened by itself it may run and fetch nothing, and has
 * no origin (CSP Level 3, `sandbox`). Styles inside of a picture stay, since drawing programs write them.
 */
const assetPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Needs no sign-in: `GET /` the brand of the page, `GET /icon.svg` its sign, `GET /assets/:id` its pictures and fonts. */
export function brandingRouter(deps: BrandingDeps): Router {
  const router = express.Router();

  router.get('/', (req, res) => {
    res.json(publicFace(brandOf(req, deps)));
  });

  router.get('/icon.svg', (req, res) => {
    res.set({ 'Content-Security-Policy': assetPolicy, 'Cache-Control': 'no-cache' });
    res.type('image/svg+xml').send(drawIcon(brandOf(req, deps).palette, 'idle'));
  });

  router.get('/assets/:id', async (req, res) => {
    const asset = await deps.brandAssets.get(req.params.id);
    if (asset === undefined) throw new DialbridgeError('notFound');
    // The id is made of the content.
    res.set({ 'Content-Security-Policy': assetPolicy, 'Cache-Control': 'public, max-age=31536000, immutable' });
    res.set('Content-Type', asset.contentType).send(asset.bytes);
  });

  return router;
}

/** `GET /manifest.webmanifest`: how the page is installed as an app (W3C Web Application Manifest). */
export function manifestRouter(deps: Pick<BrandingDeps, 'brands' | 'publicOrigin'>): Router {
  const router = express.Router();
  router.get('/manifest.webmanifest', (req, res) => {
    const brand = brandOf(req, deps);
    const icon =
      brand.logo === null ? `/api/v1/branding/icon.svg?brand=${encodeURIComponent(brand.id)}` : iconUrl(brand);
    res.set('Cache-Control', 'no-cache').type('application/manifest+json');
    res.json({
      name: brand.name,
      short_name: brand.name,
      lang: brand.language,
      start_url: '/',
      display: 'standalone',
      background_color: themeColours(null).light,
      theme_color: themeColours(brand.palette).light,
      icons: [{ src: icon, sizes: 'any', ...(brand.logo === null && { type: 'image/svg+xml' }), purpose: 'any' }],
    });
  });
  return router;
}

const querySchema = z.object({ brand: brandIdSchema.optional() });

/** The brand that the address names (`?brand=`), for pages that found out that they are of another than their host name's. */
function brandOf(req: Request, { brands, publicOrigin }: Pick<BrandingDeps, 'brands' | 'publicOrigin'>): Brand {
  const { brand } = parseInput(querySchema, req.query);
  if (brand === undefined) return brands.forHost(visitorOf(req, publicOrigin).hostname);
  if (!brands.has(brand)) throw new DialbridgeError('notFound');
  return brands.get(brand);
}
