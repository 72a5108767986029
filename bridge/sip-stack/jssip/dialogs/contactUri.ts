import { formatHost } from '../../message/index.ts';
import type { SipRoute } from '../../transport/index.ts';

/** Where we are reached by whoever is at the other end of this route. */
export function contactUri({ local, transport }: SipRoute): string {
  return `sip:bridge@${formatHost(local.host, local.port)}${transport === 'udp' ? '' : `;transport=${transport}`}`;
}
