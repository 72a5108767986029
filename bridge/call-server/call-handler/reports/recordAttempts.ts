import type { SipDestination } from '../../../sip-stack/index.ts';
import type { GatewayLeg } from '../gateway-leg/index.ts';
import type { CallReporter } from './CallReporter.ts';

/** What only the call's record needs to know of the gateways that were asked. */
export function recordAttempts(gatewayLeg: GatewayLeg, reporter: Pick<CallReporter, 'event'>): void {
  gatewayLeg.on('gatewaySkipped', ({ gateway, why }) =>
    reporter.event('gatewaySkipped', { gatewayId: gateway.id, why }),
  );
  gatewayLeg.on('inviteSent', ({ gateway, destination, sipCallId }) =>
    reporter.event('inviteSent', { gatewayId: gateway.id, destination: placeOf(destination), sipCallId }),
  );
  gatewayLeg.on('destinationFailed', ({ gateway, destination, failure }) =>
    reporter.event('destinationFailed', { gatewayId: gateway.id, destination: placeOf(destination), ...failure }),
  );
  gatewayLeg.on('gatewayFailed', ({ gateway, failure, isLast }) =>
    reporter.event('gatewayFailed', { gatewayId: gateway.id, ...failure, isLast }),
  );
}

/** `udp:192.0.2.1:5060`, `tls:[2001:db8::1]:5061` */
function placeOf({ transport, address, port }: SipDestination): string {
  return `${transport}:${address.includes(':') ? `[${address}]` : address}:${port}`;
}
