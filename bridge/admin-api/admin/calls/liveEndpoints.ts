import { z } from 'zod';
import { hangUpRequestSchema, liveCallsSchema, liveFiguresSchema } from '../../../../shared/admin/index.ts';
import { brandIdSchema, callIdSchema } from '../../../../shared/domain/index.ts';
import { type Administration, administrativeRoles } from '../../../administration/index.ts';
import { defineEndpoint, type Endpoint } from '../../endpoints/index.ts';
import { adminPath } from '../entityEndpoints.ts';

const path = `${adminPath}/live`;

/** What goes on now. Brand managers see the calls of their brand. */
export function liveEndpoints({ liveCalls }: Pick<Administration, 'liveCalls'>): readonly Endpoint[] {
  const common = { tag: 'Calls', caller: 'administrator', roles: administrativeRoles } as const;
  return [
    defineEndpoint({
      ...common,
      method: 'get',
      path: `${path}/calls`,
      operationId: 'listLiveCalls',
      summary: 'Tells which calls are up, or what has changed since it was asked last',
      query: z.strictObject({ cursor: z.string().max(100).optional().describe('Of the answer before') }),
      answer: { status: 200, description: 'Calls that are up', schema: liveCallsSchema },
      handle: ({ caller, query: { cursor } }) => liveCalls.changes(caller, cursor ?? null),
    }),
    defineEndpoint({
      ...common,
      method: 'get',
      path: `${path}/figures`,
      operationId: 'getLiveFigures',
      summary: 'Tells how many calls are up, and how those of the last hour went',
      query: z.strictObject({ brandId: brandIdSchema.optional() }),
      answer: { status: 200, description: 'Figures by minute, gateway and brand', schema: liveFiguresSchema },
      handle: ({ caller, query: { brandId } }) => liveCalls.figures(caller, brandId ?? null),
    }),
    defineEndpoint({
      ...common,
      roles: ['operator'],
      method: 'post',
      path: `${path}/calls/{id}/hang-up`,
      operationId: 'hangUpCall',
      summary: 'Ends a call. Who is in it is told that the operator did',
      params: z.object({ id: callIdSchema }),
      body: { schema: hangUpRequestSchema },
      answer: { status: 204, description: 'It is being ended' },
      errors: ['notFound'],
      handle: ({ caller, params: { id }, body: { reason } }) => liveCalls.hangUp(caller, id, reason),
    }),
  ];
}
