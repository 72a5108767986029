import { DialbridgeError } from '../../../../shared/errors/index.ts';
import type { GatewayAudio, GatewayMedia } from '../../../media-relay/index.ts';
import type { SipDialog } from '../../../sip-stack/index.ts';
import type { Reoffer } from './GatewaySide.ts';

/** Resolves with the gateway's SDP answer, not yet applied. @throws as `GatewaySide.reoffer` */
export async function sendReoffer(
  dialog: Pick<SipDialog, 'reinvite'> | null,
  media: Pick<GatewayAudio, 'reofferGateway'>,
  offer: Reoffer,
): Promise<string> {
  if (!dialog) throw new DialbridgeError('notEstablished');
  return dialog.reinvite(await media.reofferGateway(offer));
}

/** The same with an offer that owes nothing to what was agreed before. @throws as `GatewaySide.restoreAudio` */
export async function sendFreshOffer(
  dialog: Pick<SipDialog, 'reinvite'> | null,
  media: Pick<GatewayAudio, 'createGatewayOffer'>,
  gateway: GatewayMedia,
): Promise<string> {
  if (!dialog) throw new DialbridgeError('notEstablished');
  return dialog.reinvite(await media.createGatewayOffer(gateway));
}
