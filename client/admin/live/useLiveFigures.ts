import { liveFiguresSchema } from '../../../shared/admin/index.ts';
import { useAdminApi, useLive } from '../api/index.ts';

const everyMs = 2000;

/** How many calls are up, and how those of the last hour went. */
export function useLiveFigures() {
  const api = useAdminApi();
  return useLive({
    key: 'live-figures',
    everyMs,
    read: () => api.ask({ method: 'GET', path: '/live/figures' }, liveFiguresSchema),
  });
}
