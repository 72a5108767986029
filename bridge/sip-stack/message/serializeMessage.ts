import type { SipMessage } from './SipMessage.ts';

/** The message as it goes on the wire; Content-Length is always counted afresh in octets (RFC 3261 section 20.14). */
export function serializeMessage(message: SipMessage): string {
  const lines = [
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`,
  ];
  if (/[\r\n\0]/.test(lines[0] ?? '')) throw new TypeError('the start line breaks');
  for (const { name, value } of message.headers) if (name !== 'Content-Length') lines.push(`${name}: ${value}`);
  lines.push(`Content-Length: ${Buffer.byteLength(message.body)}`, '', message.body);
  return lines.join('\r\n');
}
