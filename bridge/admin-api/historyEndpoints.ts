import { z } from 'zod';
import { callIdSchema } from '../../shared/domain/index.ts';
import { DialbridgeError } from '../../shared/errors/index.ts';
import {
  historyDetailSchema,
  historyPageSchema,
  historySeenSchema,
  missedCallsSchema,
} from '../../shared/protocol/index.ts';
import { defineEndpoint, type Endpoint } from './endpoints/index.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';

const path = '/api/v1/history';

const querySchema = z.object({
  before: z.string().min(1).max(200).optional().describe('`nextCursor` of the page before; absent: the first page'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Calls on a page'),
});

/** The person's calls. */
export function historyEndpoints({ history }: Pick<HttpAppDeps, 'history'>): readonly Endpoint[] {
  return [
    defineEndpoint({
      method: 'get',
      path,
      operationId: 'listCalls',
      tag: 'History',
      summary: 'Lists calls, the newest first',
      caller: 'person',
      feature: 'history',
      query: querySchema,
      answer: { status: 200, description: 'One page of calls', schema: historyPageSchema },
      handle: ({ caller, query: { before, limit } }) =>
        history.page(caller.user.id, { limit, ...(before !== undefined && { before }) }),
    }),
    defineEndpoint({
      method: 'put',
      path: `${path}/seen`,
      operationId: 'markCallsSeen',
      tag: 'History',
      summary: 'Says that missed calls have been seen: no device counts them any more',
      caller: 'person',
      feature: 'history',
      body: { schema: historySeenSchema },
      answer: { status: 200, description: 'What is missed and not seen yet', schema: missedCallsSchema },
      handle: ({ caller, body: { untilMs } }) => history.markSeen(caller.user.id, untilMs),
    }),
    defineEndpoint({
      method: 'get',
      path: `${path}/{callId}`,
      operationId: 'getCall',
      tag: 'History',
      summary: 'Looks up a call with all that happened in it',
      caller: 'person',
      feature: 'history',
      params: z.object({ callId: callIdSchema }),
      answer: { status: 200, description: 'The call', schema: historyDetailSchema },
      handle: async ({ caller, params: { callId } }) => {
        const detail = await history.detail(caller.user.id, callId);
        if (detail === undefined) throw new DialbridgeError('notFound');
        return detail;
      },
    }),
  ];
}
