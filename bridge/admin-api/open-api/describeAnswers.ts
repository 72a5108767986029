import { z } from 'zod';
import { type ErrorCode, errorTable, errorTextsEn, wireErrorSchema } from '../../../shared/errors/index.ts';
import { type EndpointDescription, errorsOf } from '../endpoints/index.ts';
import { nameOf } from './describeInput.ts';
import type { SchemaBook } from './SchemaBook.ts';

const refusalSchema = z.object({ error: wireErrorSchema });

/** The answer where all went well, and one for each status of a refusal. */
export function describeAnswers(endpoint: EndpointDescription, schemas: SchemaBook): Record<string, unknown> {
  return { [endpoint.answer.status]: describeSuccess(endpoint, schemas), ...describeRefusals(endpoint, schemas) };
}

function describeSuccess({ answer, operationId }: EndpointDescription, schemas: SchemaBook) {
  const { schema, description, contentTypes } = answer;
  if (contentTypes) return { description, content: Object.fromEntries(contentTypes.map((type) => [type, {}])) };
  if (schema === undefined) return { description };
  const content = { 'application/json': { schema: schemas.refer('answer', schema, nameOf(operationId, 'Answer')) } };
  return hasRevision(schema) ? { description, headers: { ETag: revisionHeader }, content } : { description, content };
}

function describeRefusals(endpoint: EndpointDescription, schemas: SchemaBook): Record<string, unknown> {
  const byStatus = Map.groupBy(errorsOf(endpoint), (code) => errorTable[code].httpStatus);
  const schema = schemas.refer('answer', refusalSchema, 'Refusal');
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map(describeRefusal).join('\n'),
        ...(codes.some((code) => errorTable[code].canRetry) && { headers: { 'Retry-After': waitHeader } }),
        content: { 'application/json': { schema } },
      },
    ]),
  );
}

function describeRefusal(code: ErrorCode): string {
  return `- \`${code}\`: ${errorTextsEn[code]}`;
}

function hasRevision(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && 'revision' in schema.shape;
}

const revisionHeader = { description: 'The revision, in quotes, for `If-Match`', schema: { type: 'string' } } as const;
const waitHeader = { description: 'Seconds to wait, where that is known', schema: { type: 'integer' } } as const;
