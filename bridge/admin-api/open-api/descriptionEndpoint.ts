import { z } from 'zod';
import { defineEndpoint, type Endpoint, type EndpointDescription } from '../endpoints/index.ts';
import { describeApi, type OpenApiDocument } from './describeApi.ts';
import { handMadeEndpoints } from './handMadeEndpoints.ts';

/** `GET /api/v1/openapi.json`: describes the given endpoints, those with routers of their own, and itself. Written when first asked for. */
export function descriptionEndpoint(served: readonly EndpointDescription[], options: { version: string }): Endpoint {
  let document: OpenApiDocument | undefined;
  const endpoint: Endpoint = defineEndpoint({
    method: 'get',
    path: '/api/v1/openapi.json',
    operationId: 'describeApi',
    tag: 'Operation',
    summary: 'This description (OpenAPI 3.1)',
    caller: 'anybody',
    answer: { status: 200, description: 'The description', schema: z.looseObject({ openapi: z.string() }) },
    handle: async () => {
      document ??= describeApi([...handMadeEndpoints, ...served, endpoint], options);
      return document;
    },
  });
  return endpoint;
}
