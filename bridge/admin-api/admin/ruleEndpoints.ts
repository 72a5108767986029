import { z } from 'zod';
import { ruleCreateSchema, ruleSchema, ruleWriteSchema } from '../../../shared/admin/index.ts';
import { ruleIdSchema } from '../../../shared/domain/index.ts';
import type { Administration } from '../../administration/index.ts';
import { defineEndpoint, type Endpoint } from '../endpoints/index.ts';
import { adminPath, editingRoles, entityEndpoints, plainCreation } from './entityEndpoints.ts';

const moveSchema = z.strictObject({
  before: ruleIdSchema.nullable().describe('The rule that shall come right after it; null: it becomes the last'),
});

export function ruleEndpoints({ rules, ruleOrder }: Pick<Administration, 'rules' | 'ruleOrder'>): readonly Endpoint[] {
  return [
    ...entityEndpoints(rules, plainCreation(rules, { body: ruleCreateSchema, view: ruleSchema }), {
      path: 'rules',
      tag: 'Rules',
      names: { one: 'Rule', many: 'Rules' },
      noun: 'a rule',
      id: ruleIdSchema,
      write: ruleWriteSchema,
      view: ruleSchema,
    }),
    defineEndpoint({
      method: 'post',
      path: `${adminPath}/rules/{id}/move`,
      operationId: 'moveRule',
      tag: 'Rules',
      summary: 'Places a rule before another',
      caller: 'administrator',
      roles: editingRoles,
      params: z.object({ id: ruleIdSchema }),
      body: { schema: moveSchema },
      answer: {
        status: 200,
        description: 'The rules that got another order: all of them, or there was an error and none did',
        schema: z.object({ items: z.array(ruleSchema) }),
      },
      errors: ['conflict'],
      handle: async ({ caller, params: { id }, body: { before } }) => ({
        items: await ruleOrder.move(caller, id, before),
      }),
    }),
  ];
}
