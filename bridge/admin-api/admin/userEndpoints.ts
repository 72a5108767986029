import { z } from 'zod';
import { userViewSchema, userWriteSchema } from '../../../shared/admin/index.ts';
import { userIdSchema } from '../../../shared/domain/index.ts';
import type { Administration } from '../../administration/index.ts';
import { defineEndpoint, type Endpoint } from '../endpoints/index.ts';
import { adminPath, editingRoles, entityEndpoints, plainCreation } from './entityEndpoints.ts';

const params = z.object({ id: userIdSchema });

export function userEndpoints({
  users,
  userSessions,
}: Pick<Administration, 'users' | 'userSessions'>): readonly Endpoint[] {
  return [
    ...entityEndpoints(
      users,
      plainCreation(users, {
        body: userWriteSchema,
        view: userViewSchema,
        description: 'Without a password they can sign in by a link only.',
      }),
      {
        path: 'users',
        tag: 'Users',
        names: { one: 'User', many: 'Users' },
        noun: 'a user',
        id: userIdSchema,
        write: userWriteSchema,
        view: userViewSchema,
        changeErrors: ['lastOperator'],
      },
    ),
    defineEndpoint({
      method: 'post',
      path: `${adminPath}/users/{id}/sign-out-everywhere`,
      operationId: 'signOutUserEverywhere',
      tag: 'Users',
      summary: 'Signs a user out on all devices at once; running calls end',
      caller: 'administrator',
      roles: editingRoles,
      params,
      answer: { status: 204, description: 'They are signed out' },
      handle: ({ caller, params: { id } }) => userSessions.signOutEverywhere(caller, id),
    }),
    defineEndpoint({
      method: 'post',
      path: `${adminPath}/users/{id}/sign-in-link`,
      operationId: 'createSignInLink',
      tag: 'Users',
      summary: 'Makes a link that signs a user in once, without a password',
      caller: 'administrator',
      roles: editingRoles,
      params,
      answer: {
        status: 200,
        description: 'The link. It is shown this once',
        schema: z.object({ url: z.url(), expiresAtMs: z.number().int() }),
      },
      handle: ({ caller, params: { id }, origin }) => userSessions.createSignInLink(caller, id, origin),
    }),
  ];
}
