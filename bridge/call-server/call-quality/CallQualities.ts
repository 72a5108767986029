import type { QualityPoint } from '../../../shared/admin/index.ts';
import type { CallId } from '../../../shared/domain/index.ts';
import type { BrowserQuality } from '../../../shared/protocol/index.ts';
import type { Clock, Logger } from '../../observability/index.ts';
import type { CallWatcher } from '../call-handler/index.ts';
import { QualityWatch } from './QualityWatch.ts';

export interface CallQualitiesDeps {
  /** Is given the figures of each look at the audio of a call. */
  readonly onMeasured?: (callId: CallId, point: QualityPoint) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Looks on at the audio of every call of this process. */
export class CallQualities {
  readonly #deps: CallQualitiesDeps;
  readonly #watches = new Map<CallId, QualityWatch>();

  constructor(deps: CallQualitiesDeps) {
    this.#deps = deps;
  }

  readonly watch: CallWatcher = (call) => {
    const { callId } = call.reporter.status;
    const { onMeasured, ...deps } = this.#deps;
    const watch = new QualityWatch({
      ...{ ...deps, call },
      ...(onMeasured && { onMeasured: (point: QualityPoint) => onMeasured(callId, point) }),
    });
    this.#watches.set(callId, watch);
    return {
      close: () => {
        this.#watches.delete(callId);
        watch.close();
      },
    };
  };

  /** What the browser of a call measured; ignored for a call that nobody looks on at any more. */
  reported(callId: CallId, report: BrowserQuality): void {
    this.#watches.get(callId)?.reported(report);
  }
}
