import { z } from 'zod';
import type { Administration } from '../../administration/index.ts';
import { defineEndpoint, type Endpoint } from '../endpoints/index.ts';
import { adminPath, operatorOnly } from './entityEndpoints.ts';

const accessKeyListSchema = z.object({
  items: z.array(
    z.object({
      id: z.string().describe('`kid` of the tokens that it signs'),
      createdAtMs: z.number().int(),
      state: z.enum(['current', 'retiring']).describe('`retiring`: it only checks what it signed before'),
      retiresAtMs: z.number().int().nullable(),
    }),
  ),
});

export function accessKeyEndpoints({ accessKeys }: Pick<Administration, 'accessKeys'>): readonly Endpoint[] {
  const answer = { status: 200, description: 'All keys, the newest first', schema: accessKeyListSchema } as const;
  return [
    defineEndpoint({
      method: 'get',
      path: `${adminPath}/access-keys`,
      operationId: 'listAccessKeys',
      tag: 'Access keys',
      summary: 'Lists the keys that sign access tokens',
      caller: 'administrator',
      roles: ['operator', 'auditor'],
      answer,
      handle: async ({ caller }) => ({ items: accessKeys.list(caller) }),
    }),
    defineEndpoint({
      method: 'post',
      path: `${adminPath}/access-keys/rotate`,
      operationId: 'rotateAccessKeys',
      tag: 'Access keys',
      summary: 'Makes a new key; nobody is signed out by that',
      caller: 'administrator',
      roles: operatorOnly,
      answer,
      handle: async ({ caller }) => ({ items: await accessKeys.rotate(caller) }),
    }),
  ];
}
