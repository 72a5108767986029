import express, { type Request, type Response, type Router } from 'express';
import { contactIdSchema } from '../../shared/domain/index.ts';
import { DialbridgeError } from '../../shared/errors/index.ts';
import { type Contact, contactDraftSchema } from '../../shared/protocol/index.ts';
import type { BookOwner, VerifiedAccess } from '../front-end-server/index.ts';
import type { AccessCheck } from './createAccessCheck.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';
import { parseInput } from './parseInput.ts';
import { withFeature } from './withFeature.ts';

/** The person's address book: `GET /`, `POST /`, `PUT /:id` and `DELETE /:id` with the revision in `If-Match`. */
export function contactsRouter(
  { contacts, brands }: Pick<HttpAppDeps, 'contacts' | 'brands'>,
  checkAccess: AccessCheck,
): Router {
  const check = withFeature('contacts', brands, checkAccess);
  const router = express.Router();
  const ownerOf = ({ user, brandId }: VerifiedAccess): BookOwner => ({
    userId: user.id,
    country: brands.get(brandId).defaultCountry,
  });

  router.get(
    '/',
    check(async (access, _req, res) => {
      res.json({ contacts: await contacts.list(ownerOf(access)) });
    }),
  );

  router.post(
    '/',
    check(async (access, req, res) => {
      send(res.status(201), await contacts.add(ownerOf(access), parseInput(contactDraftSchema, req.body)));
    }),
  );

  router.put(
    '/:contactId',
    check(async (access, req, res) => {
      const revision = readRevision(req);
      if (revision === undefined) throw badRevision('the header If-Match with the revision is missing');
      const draft = parseInput(contactDraftSchema, req.body);
      send(
        res,
        await contacts.edit(ownerOf(access), parseInput(contactIdSchema, req.params.contactId), draft, revision),
      );
    }),
  );

  router.delete(
    '/:contactId',
    check(async (access, req, res) => {
      await contacts.delete(ownerOf(access), parseInput(contactIdSchema, req.params.contactId), readRevision(req));
      res.status(204).end();
    }),
  );

  return router;
}

function send(res: Response, contact: Contact): void {
  res.set('ETag', `"${contact.revision}"`).json(contact);
}

/** The revision in `If-Match` (RFC 9110 section 13.1.1), with or without quotes; undefined when absent or `*`. */
function readRevision(req: Request): number | undefined {
  const header = req.get('If-Match');
  if (header === undefined || header === '*') return undefined;
  const digits = /^"?(\d{1,15})"?$/.exec(header)?.[1];
  if (digits === undefined) throw badRevision('If-Match is not a revision');
  return Number(digits);
}

function badRevision(detail: string): DialbridgeError {
  return new DialbridgeError('badRequest', { details: { detail } });
}
