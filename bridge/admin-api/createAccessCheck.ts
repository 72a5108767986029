import type { Request, RequestHandler, Response } from 'express';
import { DialbridgeError } from '../../shared/errors/index.ts';
import { accessTokenSchema } from '../../shared/protocol/index.ts';
import type { VerifiedAccess } from '../front-end-server/index.ts';

interface AccessTokenReader {
  verify(token: string): Promise<VerifiedAccess>;
}

export type SignedInHandler = (access: VerifiedAccess, req: Request, res: Response) => Promise<void>;

/**
 * Makes a handler into one that only runs for a person with a valid access token, and gets to know who it is. Visitors without
 * an account have nothing here: they may only call.
 */
export type AccessCheck = (handler: SignedInHandler) => RequestHandler;

/** Refuses with `unauthenticated`, with what `AccessTokens.verify` says, and visitors with `forbidden`. */
export function createAccessCheck(accessTokens: AccessTokenReader): AccessCheck {
  return (handler) => async (req, res) => {
    const access = await readAccess(req, accessTokens);
    if (access.user.role === 'visitor') throw new DialbridgeError('forbidden');
    await handler(access, req, res);
  };
}

/** The bearer token (RFC 6750 section 2.1) is looked at here and nowhere else. */
export async function readAccess(req: Request, accessTokens: AccessTokenReader): Promise<VerifiedAccess> {
  const token = accessTokenSchema.safeParse(/^Bearer +([\w.-]+)$/i.exec(req.get('Authorization') ?? '')?.[1]);
  if (!token.success) throw new DialbridgeError('unauthenticated');
  return accessTokens.verify(token.data);
}
