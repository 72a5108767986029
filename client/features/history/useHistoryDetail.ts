import { useEffect, useState } from 'react';
import type { CallId } from '../../../shared/domain/index.ts';
import type { HistoryDetail } from '../../../shared/protocol/index.ts';
import { type Loadable, useCallHistory } from '../../records/index.ts';

export function useHistoryDetail(callId: CallId): Loadable<HistoryDetail> {
  const history = useCallHistory();
  const [detail, setDetail] = useState<Loadable<HistoryDetail>>({ kind: 'loading' });
  useEffect(() => {
    let isWanted = true;
    const take = (next: Loadable<HistoryDetail>) => {
      if (isWanted) setDetail(next);
    };
    history.readDetail(callId).then(
      (value) => take({ kind: 'ready', value }),
      (error: unknown) => take({ kind: 'failed', error }),
    );
    return () => {
      isWanted = false;
    };
  }, [history, callId]);
  return detail;
}
