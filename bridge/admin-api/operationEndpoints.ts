import { z } from 'zod';
import { defineEndpoint, type Endpoint } from './endpoints/index.ts';
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
