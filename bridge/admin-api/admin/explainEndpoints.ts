import { explainRequestSchema, explanationSchema } from '../../../shared/admin/index.ts';
import { type Administration, administrativeRoles } from '../../administration/index.ts';
import { defineEndpoint, type Endpoint } from '../endpoints/index.ts';
import { adminPath } from './entityEndpoints.ts';

export function explainEndpoints({ explanations }: Pick<Administration, 'explanations'>): readonly Endpoint[] {
  return [
    defineEndpoint({
      method: 'post',
      path: `${adminPath}/explain`,
      operationId: 'explainCall',
      tag: 'Explain',
      summary: 'Says whether a caller may call a number, and why',
      description: 'Changes nothing and counts for no limit. `draft` tries out rules before they are saved.',
      caller: 'administrator',
      roles: administrativeRoles,
      // A draft may be a hundred rules with thousands of names each.
      body: { schema: explainRequestSchema, limit: 4_194_304 },
      answer: {
        status: 200,
        description: 'The decision, and everything that was looked at',
        schema: explanationSchema,
      },
      handle: ({ caller, body }) => explanations.explain(caller, body),
    }),
  ];
}
