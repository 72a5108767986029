import type { CallOutcome } from '../../../../shared/domain/index.ts';
import { errorTable } from '../../../../shared/errors/index.ts';
import type { HandlerEnd } from './toCallEnd.ts';

/**
 * The Q.850 cause of a call's end: as the gateway gave it (RFC 3326), else as its SIP status means it, else as our own reason does.
 * So every record can be sorted by causes, whatever the gateway speaks.
 */
export function q850Of({
  q850,
  sipStatus,
  errorCode,
  outcome,
}: Pick<HandlerEnd, 'q850' | 'sipStatus' | 'errorCode' | 'outcome'>): number {
  const said = q850 ?? (sipStatus === undefined ? undefined : byStatus[sipStatus]);
  if (said !== undefined) return said;
  return errorCode ? errorTable[errorCode].q850 : byOutcome[outcome];
}

/** RFC 3398 section 8.2.6.1. What has none there, 487 and 488 for example, says no more than our own reason. */
const byStatus: Readonly<Record<number, number>> = {
  400: 41,
  401: 21,
  402: 21,
  403: 21,
  404: 1,
  405: 63,
  406: 79,
  407: 21,
  408: 102,
  410: 22,
  413: 127,
  414: 127,
  415: 79,
  416: 127,
  420: 127,
  421: 127,
  423: 127,
  480: 18,
  481: 41,
  482: 25,
  483: 25,
  484: 28,
  485: 1,
  486: 17,
  500: 41,
  501: 79,
  502: 38,
  503: 41,
  504: 102,
  505: 127,
  513: 127,
  600: 17,
  603: 21,
  604: 1,
};

/** ITU-T Q.850 table 1: who cancels a call clears it as who hangs up does. */
const byOutcome: Readonly<Record<CallOutcome, number>> = {
  answered: 16,
  cancelled: 16,
  wrongNumber: 1,
  busy: 17,
  noAnswer: 19,
  declined: 21,
  refused: 57,
  unreachable: 38,
  failed: 31,
  interrupted: 41,
};
