import { useMemo } from 'react';
import { z } from 'zod';
import { type GatewayStatusSummary, gatewayStatusSummarySchema } from '../../../../shared/admin/index.ts';
import { useAdminApi, useLive } from '../../api/index.ts';

const answerSchema = z.object({ items: z.array(gatewayStatusSummarySchema) });
const everyMs = 2000;

export interface GatewayStatuses {
  readonly of: (id: string) => GatewayStatusSummary | undefined;
  /** Why they could not be read just now. */
  readonly error: unknown;
}

/** How all gateways are, now. */
export function useGatewayStatuses(): GatewayStatuses {
  const api = useAdminApi();
  const { value, error } = useLive({
    key: 'gateway-statuses',
    read: () => api.ask({ method: 'GET', path: '/gateway-statuses' }, answerSchema),
    everyMs,
  });
  const byId = useMemo(
    () => new Map<string, GatewayStatusSummary>(value?.items.map((status) => [status.gatewayId, status])),
    [value],
  );
  return { of: (id) => byId.get(id), error };
}
