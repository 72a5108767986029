import { type DtmfOptions, MediaError } from '../port/index.ts';
import type { GatewaySide } from './GatewaySide.ts';

/**
 * Digits as events to a gateway, within the bounds of what telephones understand.
 * @throws MediaError `noCommonCodec` where it takes no events, `closed`
 */
export async function sendDigits(side: GatewaySide, digits: string, options: DtmfOptions): Promise<void> {
  if (side.dtmfPayloadType === null) throw new MediaError('noCommonCodec', 'the gateway takes no telephone events');
  const leg = await side.leg();
  const durationMs = Math.min(6000, Math.max(70, options.durationMs));
  const gapMs = Math.min(6000, Math.max(30, options.gapMs));
  const isSent = await leg.sendDtmf({ digits, durationMs, gapMs });
  if (!isSent) throw new MediaError('closed', 'the session was closed before all digits were sent');
}
