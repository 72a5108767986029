import { z } from 'zod';
import { signingKeyViewSchema, signingKeyWriteSchema } from '../../../shared/admin/index.ts';
import type { Administration } from '../../administration/index.ts';
import type { Endpoint } from '../endpoints/index.ts';
import { entityEndpoints } from './entityEndpoints.ts';

const registeredSchema = z.object({
  key: signingKeyViewSchema,
  secret: z.string().nullable().describe('For HS256: its UTF-8 bytes are the key'),
});

export function signingKeyEndpoints({ signingKeys }: Pick<Administration, 'signingKeys'>): readonly Endpoint[] {
  const creation = {
    body: signingKeyWriteSchema,
    answer: {
      status: 201,
      description: 'The key, and for HS256 its secret, which is shown this once',
      schema: registeredSchema,
    },
    create: signingKeys.register.bind(signingKeys),
  } as const;
  return entityEndpoints(signingKeys, creation, {
    path: 'signing-keys',
    tag: 'Signing keys',
    names: { one: 'SigningKey', many: 'SigningKeys' },
    noun: 'a signing key',
    id: signingKeyViewSchema.shape.id,
    write: signingKeyWriteSchema,
    view: signingKeyViewSchema,
  });
}
