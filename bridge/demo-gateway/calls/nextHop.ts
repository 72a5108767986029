import { type DialogState, parseNameAddr, parseUri } from '../../sip-stack/message/index.ts';
import type { SipSource, SipTarget } from '../../sip-stack/transport/index.ts';

const DEFAULT_SIP_PORT = 5060;

/** Where a request inside the dialog goes: the first route, else the other side's Contact (RFC 3261 section 12.2.1.1). */
export function nextHop(dialog: DialogState, source: SipSource): SipTarget {
  const [route] = dialog.routes;
  const uri = route === undefined ? parseUri(dialog.remoteTarget) : parseNameAddr(route)?.uri;
  // A Contact that is a telephone number leads nowhere: back where the call came from.
  if (uri === null || uri === undefined || uri.scheme === 'tel') {
    return { transport: source.transport, host: source.address, port: source.port };
  }
  const wanted = uri.params.get('transport')?.toLowerCase();
  const transport = wanted === 'udp' || wanted === 'tcp' ? wanted : source.transport;
  return { transport, host: uri.host, port: uri.port ?? DEFAULT_SIP_PORT };
}
