import { parseCookie, stringifySetCookie } from 'cookie';
import express, { type Request, type Response, type Router } from 'express';
import { DialbridgeError } from '../../shared/errors/index.ts';
import { signInRequestSchema } from '../../shared/protocol/index.ts';
import type { StartedSession } from '../front-end-server/index.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';
import { parseInput } from './parseInput.ts';
import { type HttpVisitor, visitorOf } from './visitorOf.ts';

const path = '/api/v1/session';

/** `POST /` signs in, `POST /refresh` continues by the cookie, `DELETE /` signs out. */
export function sessionRouter({ sessions, publicOrigin }: Pick<HttpAppDeps, 'sessions' | 'publicOrigin'>): Router {
  const router = express.Router();

  router.post('/', async (req, res) => {
    const visitor = visitorOf(req, publicOrigin);
    demandOwnOrigin(req, visitor);
    send(res, visitor, await sessions.signIn(parseInput(signInRequestSchema, req.body), visitor));
  });

  router.post('/refresh', async (req, res) => {
    const visitor = visitorOf(req, publicOrigin);
    demandOwnPage(req, visitor);
    const refreshToken = readCookie(req, visitor);
    if (refreshToken === undefined) throw new DialbridgeError('unauthenticated');
    try {
      send(res, visitor, await sessions.refresh(refreshToken, visitor));
    } catch (error) {
      if (error instanceof DialbridgeError && error.code === 'sessionExpired') writeCookie(res, visitor, '', 0);
      throw error;
    }
  });

  router.delete('/', async (req, res) => {
    const visitor = visitorOf(req, publicOrigin);
    demandOwnPage(req, visitor);
    const refreshToken = readCookie(req, visitor);
    if (refreshToken !== undefined) await sessions.signOut(refreshToken);
    writeCookie(res, visitor, '', 0);
    res.status(204).end();
  });

  return router;
}

function send(res: Response, visitor: HttpVisitor, { grant, refreshToken, refreshExpiresAtMs }: StartedSession): void {
  writeCookie(res, visitor, refreshToken, refreshExpiresAtMs);
  res.status(200).json(grant);
}

/** A page of another site may not sign its visitors in to somebody's account. Scripts without a page send no Origin. */
function demandOwnOrigin(req: Request, visitor: HttpVisitor): void {
  const origin = req.get('Origin');
  if (origin !== undefined && origin !== visitor.origin && origin !== ownOrigin(req))
    throw new DialbridgeError('forbidden');
}

/** What acts on the cookie alone must come from our page: an Origin of ours, or a header that no plain form can send. */
function demandOwnPage(req: Request, visitor: HttpVisitor): void {
  demandOwnOrigin(req, visitor);
  if (req.get('Origin') === undefined && req.get('X-Dialbridge') === undefined) throw new DialbridgeError('forbidden');
}

/** Where a public origin is set, the bridge may still be opened by its own address. */
function ownOrigin(req: Request): string {
  return visitorOf(req, null).origin;
}

/** Cookies know no ports: two bridges on one machine would take each other's, so the port is in the name. */
function cookieName({ origin }: HttpVisitor): string {
  const { port } = new URL(origin);
  return port === '' ? 'dialbridge-refresh' : `dialbridge-refresh-${port}`;
}

function readCookie(req: Request, visitor: HttpVisitor): string | undefined {
  return parseCookie(req.get('Cookie') ?? '')[cookieName(visitor)] || undefined;
}

function writeCookie(res: Response, visitor: HttpVisitor, value: string, expiresAtMs: number): void {
  const { isSecure } = visitor;
  const expires = new Date(expiresAtMs);
  res.append(
    'Set-Cookie',
    stringifySetCookie({
      name: cookieName(visitor),
      value,
      path,
      expires,
      httpOnly: true,
      sameSite: 'strict',
      secure: isSecure,
    }),
  );
}
