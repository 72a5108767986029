import type { GatewayFields } from './gatewayFields.ts';

/** Whether nobody between here and the gateway can read what is said in SIP: `auto` may come to mean anything. */
export function isOverTls(fields: GatewayFields): boolean {
  if (fields.hasProxy) return fields['outboundProxy.transport'] === 'tls';
  return [fields, ...fields.moreAddresses].every(({ transport }) => transport === 'tls');
}
