import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodeSchema } from '../../../shared/errors/index.ts';
import { isNumberRefusal, isRefusal } from './isRefusal.ts';

/** What the call director says no with, for the number and for any call. */
const ofNumbers: readonly ErrorCode[] = [
  'notAPhoneNumber',
  'emergencyNotServed',
  'destinationNotAllowed',
  'noRuleAllows',
  'ruleDenies',
  'highRiskNumber',
  'noRateForNumber',
  'noGatewayForNumber',
];
const ofCalls: readonly ErrorCode[] = [
  'accountDisabled',
  'embedKeyInvalid',
  'originNotAllowed',
  'outsideHours',
  'callerNumberNotAllowed',
  'callsAtOnceReached',
  'callRateReached',
  'dailyMinutesReached',
  'dailyCostReached',
];
/** What else may come to a dial: the call failed, and nobody forbade it. */
const failures: readonly ErrorCode[] = ['internal', 'requestTimeout', 'goingAway', 'mediaUnavailable', 'badOffer'];

const wire = (code: ErrorCode) => ({ code, message: 'x' });

describe('isRefusal', () => {
  it.each([...ofNumbers, ...ofCalls])('takes %s for a no', (code) => expect(isRefusal(wire(code))).toBe(true));

  it.each(failures)('takes %s for a failure', (code) => expect(isRefusal(wire(code))).toBe(false));

  it('tells a no to the number from a no to any call', () => {
    const numberRefusals = errorCodeSchema.options.filter((code) => isNumberRefusal(wire(code)));
    expect(numberRefusals.toSorted()).toEqual(ofNumbers.toSorted());
  });
});
