import { DialbridgeError, type ErrorCode, type WireError } from '../../../shared/errors/index.ts';

/** Refusals of a number: another may be called. */
const numberRefusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'notAPhoneNumber',
  'noRuleAllows',
  'ruleDenies',
  'emergencyNotServed',
  'destinationNotAllowed',
  'highRiskNumber',
  'noRateForNumber',
  'noGatewayForNumber',
]);

/** Refusals of any call, now or at all. */
const callRefusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'forbidden',
  'unauthenticated',
  'sessionExpired',
  'signedOutEverywhere',
  'accountDisabled',
  'tokenInvalid',
  'embedKeyInvalid',
  'originNotAllowed',
  'featureOff',
  'callerNumberNotAllowed',
  'outsideHours',
  'callsAtOnceReached',
  'callRateReached',
  'dailyMinutesReached',
  'dailyCostReached',
]);

/** The bridge says no to a call, rather than failing at it. */
export function isRefusal(error: WireError): boolean {
  return isNumberRefusal(error) || callRefusals.has(error.code);
}

/** It says no to this number. */
export function isNumberRefusal(error: WireError): boolean {
  return numberRefusals.has(error.code);
}

/** The bridge doesn't have the call any more. */
export function isCallGone(error: unknown): boolean {
  return error instanceof DialbridgeError && (error.code === 'callNotFound' || error.code === 'callEnded');
}
