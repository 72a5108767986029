import { type EndpointDescription, errorsOf, type Tag, tags } from '../endpoints/index.ts';
import { describeAnswers } from './describeAnswers.ts';
import { describeBody, describeParameters } from './describeInput.ts';
import { describeWebhooks } from './describeWebhooks.ts';
import { SchemaBook } from './SchemaBook.ts';

/** A document as the OpenAPI Specification 3.1 wants it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly [key: string]: unknown;
}

export interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** Where the refresh cookie stands for the person its name has the port in it, where there is one. */
const securitySchemes = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: '`accessToken` of the answer to `POST /api/v1/session`.',
  },
  refreshCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'dialbridge-refresh',
    description: 'Set by signing in; with the port in its name where the address has one (`dialbridge-refresh-8080`).',
  },
} as const;

const introduction = [
  'The REST API of Dialbridge: what the pages use, for programs too.',
  'Sign in with `POST /api/v1/session` and send the `accessToken` as bearer token.',
  'Every refusal is `{ "error": { code, message, details?, canRetry?, retryAfterMs? } }`.',
  'What is kept has a `revision`, which is also sent as `ETag`; a change sends the one that it is based on in `If-Match`.',
].join(' ');

/** Describes endpoints by the very schemas that they parse with. */
export function describeApi(
  endpoints: readonly EndpointDescription[],
  { version }: { version: string },
): OpenApiDocument {
  const schemas = new SchemaBook();
  const paths: Record<string, Record<string, Operation>> = {};
  for (const endpoint of endpoints) {
    const operations = paths[endpoint.path] ?? {};
    paths[endpoint.path] = operations;
    operations[endpoint.method] = describeOperation(endpoint, schemas);
  }
  const used = new Set(endpoints.map(({ tag }) => tag));
  return {
    openapi: '3.1.1',
    info: { title: 'Dialbridge', version, description: introduction, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/', description: 'This bridge' }],
    tags: (Object.keys(tags) as Tag[])
      .filter((name) => used.has(name))
      .map((name) => ({ name, description: tags[name] })),
    paths,
    webhooks: describeWebhooks(schemas),
    components: { schemas: schemas.write(), securitySchemes },
  };
}

function describeOperation(endpoint: EndpointDescription, schemas: SchemaBook): Operation {
  const { operationId, tag, summary, caller, roles, usesCookie } = endpoint;
  const parameters = describeParameters(endpoint);
  const requestBody = describeBody(endpoint, schemas);
  const security = usesCookie ? [{ refreshCookie: [] }] : caller === 'anybody' ? [] : [{ accessToken: [] }];
  return {
    operationId,
    tags: [tag],
    summary,
    ...describeText(endpoint),
    security,
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: describeAnswers(endpoint, schemas),
    ...(roles && { 'x-roles': roles }),
    'x-errors': errorsOf(endpoint),
  };
}

function describeText({ description, roles }: EndpointDescription): { description?: string } {
  const lines = [description, roles && `For ${roles.map((role) => `\`${role}\``).join(', ')}.`];
  const text = lines.filter((line) => line !== undefined).join(' ');
  return text === '' ? {} : { description: text };
}
