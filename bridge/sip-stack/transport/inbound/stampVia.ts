import { formatVia, parseVia, type SipRequest } from '../../message/index.ts';
import type { SipSource } from '../SipTransportLayer.ts';

/**
 * Writes into the topmost Via of a request where it really came from: `received` where it differs from what the Via says or
 * `rport` asks, and the value of `rport` (RFC 3261 section 18.2.1, RFC 3581 section 4).
 */
export function stampVia(request: SipRequest, source: SipSource): void {
  const vias = request.headers.all('Via');
  const via = parseVia(vias[0] ?? '');
  if (via === null) return;
  const wantsPort = via.params.has('rport');
  if (!wantsPort && via.host === source.address) return;
  const params = new Map(via.params);
  params.set('received', source.address);
  if (wantsPort) params.set('rport', String(source.port));
  request.headers.set('Via', [formatVia({ ...via, params }), ...vias.slice(1)]);
}
