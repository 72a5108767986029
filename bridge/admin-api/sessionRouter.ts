import { parseCookie, stringifySetCookie } from 'cookie';
import express, { type Request, type Response, type Router } from 'express';
import { DialbridgeError, type ErrorCode } from '../../shared/errors/index.ts';
import { signInRequestSchema } from '../../shared/protocol/index.ts';
import type { StartedSession } from '../front-end-server/index.ts';
import { type AccessCheck, readAccess } from './createAccessCheck.ts';
import { crossOrigin } from './crossOrigin.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';
import { parseInput } from './parseInput.ts';
import { type HttpVisitor, visitorOf } from './visitorOf.ts';

const path = '/api/v1/session';
/** The cookie is of no more use. */
const overCodes: ReadonlySet<string> = new Set<ErrorCode>(['sessionExpired', 'accountDisabled']);

type SessionRouterDeps = Pick<HttpAppDeps, 'sessions' | 'accessTokens' | 'pageOrigins' | 'publicOrigin'>;

/**
 * `POST /` signs in, `POST /refresh` continues by the cookie, `DELETE /` signs out, `POST /sign-out-everywhere` signs out on all
 * devices. A host application's token and an embed key are also taken from pages of other origins.
 */
export function sessionRouter(
  { sessions, accessTokens, pageOrigins, publicOrigin }: SessionRouterDeps,
  check: AccessCheck,
): Router {
  const router = express.Router();

  const fromAnyPage = crossOrigin(pageOrigins);
  router.options('/', fromAnyPage);
  router.post('/', fromAnyPage, async (req, res) => {
    const visitor = visitorOf(req, publicOrigin);
    const request = parseInput(signInRequestSchema, req.body);
    // What has a key goes by the key's origins; accounts are for our own pages alone.
    if (!('hostToken' in request || 'embedKey' in request)) demandOwnOrigin(visitor);
    send(res, visitor, await sessions.signIn(request, visitor));
  });

  router.post(
    '/sign-out-everywhere',
    check(async ({ user, entry }, req, res) => {
      await sessions.signOutEverywhere(user.id);
      if (entry.kind === 'account') writeCookie(res, visitorOf(req, publicOrigin), '', 0);
      res.status(204).end();
    }),
  );

  router.post('/refresh', async (req, res) => {
    const visitor = visitorOf(req, publicOrigin);
    demandOwnPage(req, visitor);
    const refreshToken = readCookie(req, visitor);
    if (refreshToken === undefined) throw new DialbridgeError('unauthenticated');
    try {
      send(res, visitor, await sessions.refresh(refreshToken, visitor));
    } catch (error) {
      const isOver = error instanceof DialbridgeError && overCodes.has(error.code);
      if (isOver) writeCookie(res, visitor, '', 0);
      throw error;
    }
  });

  router.delete('/', async (req, res) => {
    const visitor = visitorOf(req, publicOrigin);
    demandOwnPage(req, visitor);
    // The cookie beside a guest's token is somebody else's, who is signed in here in another tab.
    if (!(await signOutGuest(req))) {
      const refreshToken = readCookie(req, visitor);
      if (refreshToken !== undefined) await sessions.signOut(refreshToken);
      writeCookie(res, visitor, '', 0);
    }
    res.status(204).end();
  });

  /** Whether a guest asked. Never fails for a token that is not good (any more): who wants out is out. */
  async function signOutGuest(req: Request): Promise<boolean> {
    if (req.get('Authorization') === undefined) return false;
    try {
      await sessions.signOutGuest(await readAccess(req, accessTokens));
    } catch (error) {
      if (!(error instanceof DialbridgeError)) throw error;
    }
    return true;
  }

  return router;
}

function send(res: Response, visitor: HttpVisitor, { grant, refresh }: StartedSession): void {
  if (refresh !== null) writeCookie(res, visitor, refresh.token, refresh.expiresAtMs);
  res.status(200).json(grant);
}

/** A page of another site may not sign its visitors in to somebody's account. Scripts without a page send no Origin. */
function demandOwnOrigin({ page }: HttpVisitor): void {
  if (page.origin !== null && !page.isOwn) throw new DialbridgeError('forbidden');
}

/** What acts on the cookie alone must come from our page: an Origin of ours, or a header that no plain form can send. */
function demandOwnPage(req: Request, visitor: HttpVisitor): void {
  demandOwnOrigin(visitor);
  if (visitor.page.origin === null && req.get('X-Dialbridge') === undefined) throw new DialbridgeError('forbidden');
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
