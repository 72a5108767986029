import { reasonPhrase } from '../../message/index.ts';

export const SIPFRAG = 'message/sipfrag';

/** Status of the response that a fragment begins with (RFC 3420, RFC 3515 section 2.4.5); null when it can't be read. */
export function readSipfrag(body: string): number | null {
  const status = /^\s*SIP\/2\.0[ \t]+([1-6]\d\d)(?:[ \t]|\r?\n|$)/i.exec(body)?.[1];
  return status === undefined ? null : Number(status);
}

export function writeSipfrag(status: number): string {
  return `SIP/2.0 ${status} ${reasonPhrase(status)}\r\n`;
}
