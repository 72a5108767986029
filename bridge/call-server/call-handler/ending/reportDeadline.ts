import { DialbridgeError, toWireError } from '../../../../shared/errors/index.ts';
import type { CallReporter } from '../reports/CallReporter.ts';
import type { CallDeadline } from './CallDeadline.ts';

/** Warns the person of the end that a limit will make, takes the warning back where the budget grew, and keeps both in the record. */
export function reportDeadline(deadline: CallDeadline, reporter: CallReporter): void {
  deadline.on('warned', ({ errorCode, endsAtMs }) => {
    const isNews = reporter.status.limit?.error.code !== errorCode;
    reporter.change({ limit: { endsAt: endsAtMs, error: toWireError(new DialbridgeError(errorCode)) } });
    // With other calls on the same budget the time moves often; the record needs no more than that the person was warned.
    if (isNews) reporter.event('limitWarned', { code: errorCode, endsAtMs });
  });
  deadline.on('withdrawn', () => {
    reporter.change({ limit: null });
    reporter.event('limitWarningWithdrawn');
  });
  deadline.on('reached', ({ errorCode }) => reporter.event('limitReached', { code: errorCode }));
}
