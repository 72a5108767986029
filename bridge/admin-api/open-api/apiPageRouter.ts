import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';

const require = createRequire(import.meta.url);

/** The files of Swagger UI that the page wants. Its package has much more. */
const files = ['swagger-ui.css', 'swagger-ui-bundle.js'];

/**
 * `GET /api/docs`: a page to read the API's description and to try it. It runs under the same content security policy as every
 * page: its scripts and styles are files of this origin.
 */
export function apiPageRouter(): Router {
  const router = express.Router();
  const page = fileURLToPath(new URL('page', import.meta.url));
  const swaggerUi = dirname(require.resolve('swagger-ui-dist/package.json'));
  const send = (file: string, root: string) =>
    router.get(`/${file === 'index.html' ? '' : file}`, (_req, res) => {
      res.set('Cache-Control', 'no-cache');
      res.sendFile(file, { root, cacheControl: false });
    });
  for (const file of ['index.html', 'start.js']) send(file, page);
  for (const file of files) send(file, swaggerUi);
  return router;
}
