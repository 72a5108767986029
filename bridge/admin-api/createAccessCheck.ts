import type { Request, RequestHandler, Response } from 'express';
import { DialbridgeError } from '../../shared/errors/index.ts';
import type { VerifiedAccess } from '../front-end-server/index.ts';

export type SignedInHandler = (access: VerifiedAccess, req: Request, res: Response) => Promise<void>;

/** Makes a handler into one that only runs for a person with a valid access token, and gets to know who it is. */
export type AccessCheck = (handler: SignedInHandler) => RequestHandler;

/** The bearer token (RFC 6750 section 2.1) is looked at here and nowhere else. Refuses with `unauthenticated`, `sessionExpired`. */
export function createAccessCheck(accessTokens: { verify(token: string): Promise<VerifiedAccess> }): AccessCheck {
  return (handler) => async (req, res) => {
    const token = /^Bearer +([\w.-]{10,4096})$/i.exec(req.get('Authorization') ?? '')?.[1];
    if (token === undefined) throw new DialbridgeError('unauthenticated');
    await handler(await accessTokens.verify(token), req, res);
  };
}
