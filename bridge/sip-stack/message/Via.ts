import { formatHost, parseHostPort } from './hostPort.ts';
import { formatParams, parseParams, type SipParams } from './SipParams.ts';

/** One Via value (RFC 3261 section 20.42). */
export interface Via {
  /** Upper case: UDP, TCP, TLS, WS, WSS. */
  readonly transport: string;
  /** Sent-by host, without the brackets of an IPv6 reference. */
  readonly host: string;
  readonly port?: number;
  readonly params: SipParams;
}

const VIA = /^SIP\s*\/\s*2\.0\s*\/\s*([A-Za-z0-9-]{1,16})\s+([^;]+)((?:;.*)?)$/is;

export function parseVia(text: string): Via | null {
  const match = VIA.exec(text.trim());
  const hostPort = match === null ? null : parseHostPort(match[2] ?? '');
  const params = match === null ? null : parseParams(match[3] ?? '');
  if (match === null || hostPort === null || params === null) return null;
  return { transport: (match[1] ?? '').toUpperCase(), ...hostPort, params };
}

export function formatVia(via: Via): string {
  return `SIP/2.0/${via.transport} ${formatHost(via.host, via.port)}${formatParams(via.params)}`;
}
