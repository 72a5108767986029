import type { z } from 'zod';
import { DialbridgeError, describeIssues, invalidSetting } from '../../../shared/errors/index.ts';
import type { EndpointBody } from './Endpoint.ts';

export type BadInputCode = 'invalidSetting' | 'badRequest';

/** Parses a part of what arrived, once. @throws DialbridgeError of this code that names the place and what was expected */
export function parsePart<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  code: BadInputCode,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [first, ...rest] = describeIssues(parsed.error.issues);
  const problem = first ?? { key: '', expected: 'not as expected' };
  if (code === 'invalidSetting') throw invalidSetting([problem, ...rest]);
  const detail = `${problem.key === '' ? '' : `${problem.key}: `}${problem.expected}`;
  throw new DialbridgeError('badRequest', { details: { detail: detail.slice(0, 200) }, cause: parsed.error });
}

/** @throws DialbridgeError as `parsePart`; `badRequest` for bytes of another type */
export function parseBody(body: EndpointBody | undefined, input: unknown, code: BadInputCode): unknown {
  if (body === undefined) return undefined;
  if ('schema' in body) return parsePart(body.schema, input, code);
  // Where the Content-Type is none of those, the parser leaves nothing.
  if (input instanceof Uint8Array && input.length > 0) return input;
  const detail = `expected a body of the type ${body.contentTypes.join(' or ')}`;
  throw new DialbridgeError('badRequest', { details: { detail } });
}
