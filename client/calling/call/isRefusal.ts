import { DialbridgeError, type ErrorCode, type WireError } from '../../../shared/errors/index.ts';

/** Errors by which the bridge says no to a call, rather than failing at it. */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'forbidden',
  'notAPhoneNumber',
  'noRuleAllows',
  'ruleDenies',
  'emergencyNotServed',
  'noGatewayForNumber',
  'unauthenticated',
  'sessionExpired',
]);

export function isRefusal(error: WireError): boolean {
  return refusals.has(error.code);
}

/** The bridge doesn't have the call any more. */
export function isCallGone(error: unknown): boolean {
  return error instanceof DialbridgeError && (error.code === 'callNotFound' || error.code === 'callEnded');
}
