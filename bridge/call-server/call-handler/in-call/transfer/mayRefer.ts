import type { Gateway } from '../../../../../shared/admin/index.ts';
import type { SipDialog } from '../../../../sip-stack/index.ts';
import { calledNumberFor } from '../../../gateway-dialect/index.ts';
import type { JoinableCall } from './JoinableCall.ts';
import { numberOf, type TransferTarget } from './TransferTarget.ts';

/** Whether the call's gateway is asked to pass it on. Who needs help is called by us, who know how. */
export function mayRefer({ gatewayLeg: { gateway, dialog } }: JoinableCall, target: TransferTarget): boolean {
  if (!gateway || !dialog) return false;
  if (target.kind === 'blind' && target.isEmergency) return false;
  // A gateway knows only its own dialogs.
  if (target.kind === 'attended' && target.other.gatewayLeg.gateway?.id !== gateway.id) return false;
  switch (gateway.inCall.transfer) {
    case 'bridge':
      return false;
    case 'refer':
      return true;
    case 'auto':
      return dialog.allowedMethods.includes('REFER');
  }
}

/** What a REFER to this gateway says (RFC 3515; attended: RFC 5589 section 7). */
export function referenceTo(gateway: Gateway, target: TransferTarget): Parameters<SipDialog['refer']>[0] {
  const number = numberOf(target);
  // An extension or a withheld number has no other way of writing.
  const user = number.startsWith('+')
    ? calledNumberFor(gateway, { number, isEmergency: false })
    : number || 'anonymous';
  const replaces = target.kind === 'attended' ? target.other.gatewayLeg.dialog?.dialogId : undefined;
  return { user, ...(replaces && { replaces }) };
}
