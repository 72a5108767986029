import type { EndpointDescription } from '../endpoints/index.ts';
import { type JsonSchema, type SchemaBook, writeInputSchema } from './SchemaBook.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly description?: string;
}

/** Parameters of path and query, and the header `If-Match`. */
export function describeParameters({ params, query, ifMatch }: EndpointDescription): readonly Parameter[] {
  return [
    ...(params ? listParameters('path', writeInputSchema(params)) : []),
    ...(query ? listParameters('query', writeInputSchema(query)) : []),
    ...(ifMatch ? [ifMatchHeader(ifMatch === 'required')] : []),
  ];
}

export function describeBody({ body, operationId }: EndpointDescription, schemas: SchemaBook) {
  if (body === undefined) return undefined;
  const content =
    'schema' in body
      ? { 'application/json': { schema: schemas.refer('body', body.schema, nameOf(operationId, 'Body')) } }
      : Object.fromEntries(body.contentTypes.map((type) => [type, {}]));
  return { required: true, content };
}

/** `listRules` -> `ListRulesAnswer`. */
export function nameOf(operationId: string, part: 'Body' | 'Answer'): string {
  return `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}${part}`;
}

function listParameters(place: 'path' | 'query', schema: JsonSchema): readonly Parameter[] {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const required = new Set(schema.required as readonly string[] | undefined);
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    ...(typeof description === 'string' && { description }),
    schema: property,
  }));
}

function ifMatchHeader(required: boolean): Parameter {
  return {
    name: 'If-Match',
    in: 'header',
    required,
    description: 'The revision that the change is based on, in quotes; `*` for whichever is there',
    schema: { type: 'string', examples: ['"1"'] },
  };
}
