import type { SipMessage } from '../../message/index.ts';

/** The SDP of a message, also out of a multipart body (RFC 5621), as gateways towards ISUP send it; null where there is none. */
export function sdpOf(message: SipMessage): string | null {
  if (message.body.trim() === '') return null;
  const type = message.headers.get('Content-Type')?.trim() ?? 'application/sdp';
  if (/^application\/sdp\b/i.test(type)) return message.body;
  const boundary = /^multipart\/.*;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/is.exec(type);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) return null;
  for (const part of message.body.split(`--${mark}`)) {
    const headEnd = part.search(/\r?\n\r?\n/);
    if (headEnd !== -1 && /^content-type\s*:\s*application\/sdp\b/im.test(part.slice(0, headEnd))) {
      return `${part.slice(headEnd).trim()}\r\n`;
    }
  }
  return null;
}
