import type { CodecName } from '../../../../shared/domain/index.ts';
import type { CallReporter } from './CallReporter.ts';

/** The two can talk from now on; false where the call is being ended already. */
export function reportAnswer(reporter: CallReporter, answeredAtMs: number): boolean {
  const state = reporter.stateAfter('answered');
  if (state !== 'established') return false;
  reporter.progressed({ state, answeredAtMs, mediaWay: reporter.status.mediaWay });
  reporter.change({ state, answeredAt: answeredAtMs });
  reporter.event('established');
  return true;
}

export function reportCodec(reporter: CallReporter, codec: CodecName): void {
  reporter.progressed({ codec });
  reporter.change({ codec });
}
