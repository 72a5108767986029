import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { BrandId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Brand } from '../../../shared/protocol/index.ts';
import type { Actor, BaseRevision } from '../../administration/index.ts';
import type { VerifiedAccess } from '../../front-end-server/index.ts';
import { readAccess } from '../createAccessCheck.ts';
import type { PublicOrigin } from '../HttpAppDeps.ts';
import { visitorOf } from '../visitorOf.ts';
import { type Callers, type Endpoint, type EndpointBody, usualBodyLimit } from './Endpoint.ts';
import { parseBody, parsePart } from './parsePart.ts';
import { StreamedAnswer } from './StreamedAnswer.ts';
import { badInputOf } from './usualErrors.ts';

export interface EndpointRouterDeps {
  readonly accessTokens: { verify(token: string): Promise<VerifiedAccess> };
  /** Tells what somebody may do in the administration. @throws DialbridgeError `forbidden`, `unauthenticated`, `accountDisabled` */
  readonly actors: { of(access: VerifiedAccess, address: string): Promise<Actor> };
  readonly brands: { get(id: BrandId): Pick<Brand, 'features'> };
  readonly publicOrigin: PublicOrigin | null;
}

/** Serves the endpoints just as they are described. Who may not come in is told so before the body is read. */
export function endpointRouter(endpoints: readonly Endpoint[], deps: EndpointRouterDeps): Router {
  const router = express.Router();
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router[endpoint.method](path, serve(endpoint, deps));
  }
  return router;
}

function serve(endpoint: Endpoint, deps: EndpointRouterDeps): RequestHandler {
  const readBody = bodyReader(endpoint.body);
  return async (req, res) => {
    const caller = await letIn(endpoint, req, deps);
    await readBody?.(req, res);
    await answer(endpoint, { caller, origin: visitorOf(req, deps.publicOrigin).origin }, req, res);
  };
}

async function letIn(endpoint: Endpoint, req: Request, deps: EndpointRouterDeps): Promise<Callers[keyof Callers]> {
  if (endpoint.caller === 'anybody') return null;
  const access = await readAccess(req, deps.accessTokens);
  if (endpoint.caller === 'person') {
    // Visitors without an account have nothing here: they may only call.
    if (access.user.role === 'visitor') throw new DialbridgeError('forbidden');
    const { features } = deps.brands.get(access.brandId);
    if (endpoint.feature && !features[endpoint.feature]) throw new DialbridgeError('featureOff');
    return access;
  }
  const actor = await deps.actors.of(access, req.ip ?? '');
  if (!endpoint.roles?.includes(actor.role)) throw new DialbridgeError('forbidden');
  return actor;
}

async function answer(
  endpoint: Endpoint,
  { caller, origin }: { caller: Callers[keyof Callers]; origin: string },
  req: Request,
  res: Response,
): Promise<void> {
  const code = badInputOf(endpoint);
  const call = {
    caller,
    origin,
    params: endpoint.params && parsePart(endpoint.params, req.params, code),
    query: endpoint.query && parsePart(endpoint.query, req.query, code),
    base: endpoint.ifMatch && readRevision(req, endpoint.ifMatch),
    body: parseBody(endpoint.body, req.body, code),
    contentType: req.get('Content-Type')?.split(';')[0]?.trim().toLowerCase() ?? '',
  };
  const result = await endpoint.handle(call as Parameters<Endpoint['handle']>[0]);
  res.status(endpoint.answer.status);
  if (result instanceof StreamedAnswer) return result.send(res);
  if (endpoint.answer.schema === undefined) return void res.end();
  const revision = revisionOf(result);
  if (revision !== undefined) res.set('ETag', `"${revision}"`);
  res.json(result);
}

/** Runs express's body parsers; they tell by a callback. */
function bodyReader(body: EndpointBody | undefined): ((req: Request, res: Response) => Promise<void>) | undefined {
  if (body === undefined) return undefined;
  const { limit = usualBodyLimit } = body;
  const parse = 'schema' in body ? express.json({ limit }) : express.raw({ limit, type: [...body.contentTypes] });
  return (req, res) =>
    new Promise((resolve, reject) => {
      parse(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
    });
}

/** The revision in `If-Match` (RFC 9110 section 13.1.1), with or without quotes. */
function readRevision(req: Request, presence: 'required' | 'optional'): BaseRevision | undefined {
  const header = req.get('If-Match')?.trim();
  if (header === '*') return '*';
  if (header === undefined) {
    if (presence === 'optional') return undefined;
    throw badRequest('the header If-Match with the revision is missing');
  }
  const digits = /^"?(\d{1,15})"?$/.exec(header)?.[1];
  if (digits === undefined) throw badRequest('If-Match is not a revision');
  return Number(digits);
}

function badRequest(detail: string): DialbridgeError {
  return new DialbridgeError('badRequest', { details: { detail } });
}

function revisionOf(result: unknown): number | undefined {
  const revision = typeof result === 'object' && result !== null && 'revision' in result ? result.revision : undefined;
  return typeof revision === 'number' ? revision : undefined;
}
