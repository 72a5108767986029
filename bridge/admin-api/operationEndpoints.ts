import { z } from 'zod';
import { defineEndpoint, type Endpoint, type EndpointDescription } from './endpoints/index.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';

/** What the bridge holds right now, for operators who look for a leak. */
export function operationEndpoints({ holdings }: Pick<HttpAppDeps, 'holdings'>): readonly Endpoint[] {
  return [
    defineEndpoint({
      method: 'get',
      path: '/api/v1/diagnostics/holdings',
      operationId: 'getHoldings',
      tag: 'Operation',
      summary: 'What the bridge holds right now: calls, ports, transports, timers',
      caller: 'administrator',
      roles: ['operator'],
      answer: { status: 200, description: 'By room', schema: z.record(z.string(), z.unknown()) },
      handle: () => holdings(),
    }),
  ];
}

/** Served by `healthRouter`, outside `/api`, where watchers of machines look for it. */
export const healthDescriptions: readonly EndpointDescription[] = [
  {
    method: 'get',
    path: '/healthz',
    operationId: 'getHealth',
    tag: 'Operation',
    summary: 'Whether the process answers',
    caller: 'anybody',
    answer: { status: 200, description: 'It does', schema: z.object({ status: z.literal('ok') }) },
  },
  {
    method: 'get',
    path: '/readyz',
    operationId: 'getReadiness',
    tag: 'Operation',
    summary: 'Whether calls can be made; answered 503 where a part says no',
    caller: 'anybody',
    answer: {
      status: 200,
      description: 'They can',
      schema: z.object({ status: z.enum(['ready', 'notReady']), checks: z.record(z.string(), z.string()) }),
    },
  },
];
