import { applyNumberRules, type Gateway } from '../../../shared/admin/index.ts';

export interface CalledNumber {
  /** E.164, or the digits of an emergency number. */
  readonly number: string;
  readonly isEmergency: boolean;
}

/** User part of the request URI. Rules are made for telephone numbers: the digits of an emergency number stay as they are. */
export function calledNumberFor(
  gateway: Pick<Gateway, 'calledNumberRules'>,
  { number, isEmergency }: CalledNumber,
): string {
  return isEmergency ? number : applyNumberRules(number, gateway.calledNumberRules);
}
