import type { Gateway } from '../../../../shared/admin/index.ts';
import type { DtmfOptions, GatewayAnswer, GatewayAudio } from '../../../media-relay/index.ts';
import type { SipDialog } from '../../../sip-stack/index.ts';

interface KeyToneWays {
  readonly media: Pick<GatewayAudio, 'sendDtmf'>;
  readonly dialog: Pick<SipDialog, 'sendInfoDtmf' | 'allowedMethods'>;
  readonly gateway: Pick<Gateway, 'dtmf'>;
  /** null: nothing is agreed yet. */
  readonly agreed: Pick<GatewayAnswer, 'dtmfPayloadType'> | null;
  readonly options: DtmfOptions;
}

/** Key tones go as RFC 4733 events, either way. What such a gateway tells by INFO besides is the same keys once more. */
export function takesEvents(gateway: KeyToneWays['gateway'], agreed: KeyToneWays['agreed']): boolean {
  return gateway.dtmf !== 'info' && agreed !== null && agreed.dtmfPayloadType !== null;
}

/**
 * Digits as RFC 4733 events; as SIP INFO where the gateway wants that or took no events, and, if it knows INFO, while it holds the
 * call: it takes no RTP then (RFC 3264 section 8.4).
 * @throws SipRequestError, MediaError
 */
export async function sendKeyTones(digits: string, ways: KeyToneWays, isHeldByOther: boolean): Promise<void> {
  const { media, dialog, gateway, agreed, options } = ways;
  if (takesEvents(gateway, agreed) && !(isHeldByOther && dialog.allowedMethods.includes('INFO'))) {
    await media.sendDtmf(digits, options);
    return;
  }
  for (const digit of digits) await dialog.sendInfoDtmf(digit, options.durationMs);
}
