import type { SipPeer } from '../sip-stack/index.ts';
import type { Gateway } from './Gateway.ts';

/** The part of a gateway's entry that the SIP stack needs to reach it. */
export function toSipPeer(gateway: Gateway): SipPeer {
  const { id, host, port, transport, credentials } = gateway;
  return { id, host, port, transport, ...(credentials && { credentials }) };
}
