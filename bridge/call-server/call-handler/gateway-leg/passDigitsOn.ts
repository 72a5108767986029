import { drop, type Logger } from '../../../observability/index.ts';
import type { GatewaySide } from './GatewaySide.ts';

type Side = Pick<GatewaySide, 'on' | 'sendDtmf'>;

/**
 * Two gateways whose audio is joined: keys that one tells by SIP INFO reach the other one as it takes them. RFC 4733 events go with
 * the audio.
 */
export function passDigitsOn([one, other]: readonly [Side, Side], logger: Logger): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('digitsPressed', (digits) =>
      drop(to.sendDtmf(digits, false), logger, 'passing key tones on to the other gateway'),
    );
  }
}
