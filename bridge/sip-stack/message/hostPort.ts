export interface HostPort {
  /** Without the brackets of an IPv6 reference. */
  readonly host: string;
  readonly port?: number;
}

const HOST_PORT = /^(?:\[([0-9A-Fa-f:.]{2,45}(?:%[\w.-]+)?)\]|([A-Za-z0-9._-]{1,255}))\s*(?::\s*(\d{1,5}))?$/;

/** Reads `host`, `host:port`, `[v6]`, `[v6]:port`; null when unreadable or the port is out of range. */
export function parseHostPort(text: string): HostPort | null {
  const match = HOST_PORT.exec(text.trim());
  const host = match?.[1] ?? match?.[2];
  if (match === null || host === undefined) return null;
  if (match[3] === undefined) return { host };
  const port = Number(match[3]);
  return port < 1 || port > 65_535 ? null : { host, port };
}

/** Writes an address as it stands in a URI or Via: IPv6 in brackets. */
export function formatHost(host: string, port?: number): string {
  const text = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? text : `${text}:${port}`;
}
