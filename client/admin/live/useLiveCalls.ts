import { useRef } from 'react';
import { liveCallsSchema } from '../../../shared/admin/index.ts';
import { useAdminApi, useLive } from '../api/index.ts';
import { applyChanges, type KnownCalls, nothingKnown } from './applyChanges.ts';

const everyMs = 1000;

/** The calls that are up; all are asked for once, then each second what has changed. */
export function useLiveCalls() {
  const api = useAdminApi();
  const known = useRef<KnownCalls>(nothingKnown);
  const { value, error, refresh } = useLive({
    key: 'live-calls',
    everyMs,
    read: async () => {
      const { cursor } = known.current;
      const query = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
      const changes = await api.ask({ method: 'GET', path: `/live/calls${query}` }, liveCallsSchema);
      known.current = applyChanges(known.current, changes);
      return known.current;
    },
  });
  return { known: value, error, refresh };
}
