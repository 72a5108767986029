import { z } from 'zod';
import { contactIdSchema } from '../../shared/domain/index.ts';
import { DialbridgeError } from '../../shared/errors/index.ts';
import { contactDraftSchema, contactListSchema, contactSchema } from '../../shared/protocol/index.ts';
import type { BookOwner, VerifiedAccess } from '../front-end-server/index.ts';
import { defineEndpoint, type Endpoint } from './endpoints/index.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';

const path = '/api/v1/contacts';
const one = `${path}/{contactId}`;
const params = z.object({ contactId: contactIdSchema });

/** The person's address book. */
export function contactEndpoints({ contacts, brands }: Pick<HttpAppDeps, 'contacts' | 'brands'>): readonly Endpoint[] {
  const ownerOf = ({ user, brandId }: VerifiedAccess): BookOwner => ({
    userId: user.id,
    country: brands.get(brandId).defaultCountry,
  });
  return [
    defineEndpoint({
      method: 'get',
      path,
      operationId: 'listContacts',
      tag: 'Contacts',
      summary: 'Lists the address book',
      caller: 'person',
      feature: 'contacts',
      answer: { status: 200, description: 'All contacts', schema: contactListSchema },
      handle: async ({ caller }) => ({ contacts: await contacts.list(ownerOf(caller)) }),
    }),
    defineEndpoint({
      method: 'post',
      path,
      operationId: 'createContact',
      tag: 'Contacts',
      summary: 'Adds a contact',
      caller: 'person',
      feature: 'contacts',
      body: { schema: contactDraftSchema },
      answer: { status: 201, description: 'As it is kept', schema: contactSchema },
      handle: ({ caller, body }) => contacts.add(ownerOf(caller), body),
    }),
    defineEndpoint({
      method: 'put',
      path: one,
      operationId: 'updateContact',
      tag: 'Contacts',
      summary: 'Changes a contact',
      caller: 'person',
      feature: 'contacts',
      params,
      ifMatch: 'required',
      body: { schema: contactDraftSchema },
      answer: { status: 200, description: 'As it is kept now', schema: contactSchema },
      handle: ({ caller, params: { contactId }, base, body }) => {
        // Nobody overwrites an address book without having looked at it.
        if (typeof base !== 'number') {
          throw new DialbridgeError('badRequest', {
            details: { detail: 'the header If-Match with the revision is missing' },
          });
        }
        return contacts.edit(ownerOf(caller), contactId, body, base);
      },
    }),
    defineEndpoint({
      method: 'delete',
      path: one,
      operationId: 'deleteContact',
      tag: 'Contacts',
      summary: 'Deletes a contact',
      caller: 'person',
      feature: 'contacts',
      params,
      ifMatch: 'optional',
      answer: { status: 204, description: 'It is gone' },
      handle: ({ caller, params: { contactId }, base }) =>
        contacts.delete(ownerOf(caller), contactId, base === '*' ? undefined : base),
    }),
  ];
}
