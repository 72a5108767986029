import { z } from 'zod';
import { callRecordDetailSchema, callRecordQuery, callRecordViewSchema } from '../../../../shared/admin/index.ts';
import { callIdSchema } from '../../../../shared/domain/index.ts';
import { type Administration, administrativeRoles } from '../../../administration/index.ts';
import { defineEndpoint, type Endpoint, StreamedAnswer } from '../../endpoints/index.ts';
import { adminPath, pageQuery, pageSchema } from '../entityEndpoints.ts';
import { writeCsv, writeJsonLines } from './callSheet.ts';

const path = `${adminPath}/calls`;

const formats = {
  csv: { contentType: 'text/csv; charset=utf-8', write: writeCsv },
  jsonl: { contentType: 'application/jsonl', write: writeJsonLines },
} as const;

const foundSchema = pageSchema(callRecordViewSchema).extend({
  searchedToMs: z
    .number()
    .nullable()
    .describe(
      'The search stopped at this time before the page was full; the next page goes on. null: the page is full',
    ),
});

/** Calls of everybody. Brand managers see those of their brand. */
export function callEndpoints({ calls }: Pick<Administration, 'calls'>): readonly Endpoint[] {
  const common = { method: 'get', tag: 'Calls', caller: 'administrator', roles: administrativeRoles } as const;
  return [
    defineEndpoint({
      ...common,
      path,
      operationId: 'searchCalls',
      summary: 'Looks for calls, the newest first',
      description:
        'A page costs a bounded time: it may be short, or empty, and yet have a `nextCursor`; `searchedToMs` then says how far back it looked.',
      query: z.strictObject({ ...callRecordQuery, ...pageQuery }),
      answer: { status: 200, description: 'One page of calls', schema: foundSchema },
      handle: ({ caller, query: { limit, cursor, ...query } }) => calls.find(caller, query, { limit, cursor }),
    }),
    defineEndpoint({
      ...common,
      path: `${path}/export`,
      operationId: 'exportCalls',
      summary: 'Gives all calls that fit as a file, the newest first',
      description: 'CSV (RFC 4180, UTF-8) or JSON Lines, made while it is taken: it may be of any length.',
      query: z.strictObject({ ...callRecordQuery, format: z.enum(['csv', 'jsonl']).default('csv') }),
      answer: { status: 200, description: 'The file', contentTypes: ['text/csv', 'application/jsonl'] },
      handle: async ({ caller, query: { format, ...query } }) => {
        const { contentType, write } = formats[format];
        return new StreamedAnswer(write(calls.all(caller, query)), { contentType, fileName: `calls.${format}` });
      },
    }),
    defineEndpoint({
      ...common,
      path: `${path}/{id}`,
      operationId: 'getCallRecord',
      summary: 'Looks up a call with all that happened in it',
      params: z.object({ id: callIdSchema }),
      answer: { status: 200, description: 'The call', schema: callRecordDetailSchema },
      errors: ['notFound'],
      handle: ({ caller, params: { id } }) => calls.detail(caller, id),
    }),
  ];
}
