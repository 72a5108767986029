import type { TracedMessage } from '../../../shared/admin/index.ts';

/** What a SIP message is, in a line: `INVITE +4930123@gw.test`, `180 Ringing (INVITE)`. */
export function describeMessage({ text }: Pick<TracedMessage, 'text'>): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  const response = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(first);
  if (response !== null) {
    const method = /^CSeq:\s*\d+\s+(\w+)/im.exec(text)?.[1];
    const status = `${response[1]} ${response[2]}`.trim();
    return method === undefined ? status : `${status} (${method})`;
  }
  const request = /^(\w+) (?:<?sips?:)?([^;>\s]+).* SIP\/2\.0$/.exec(first);
  return request === null ? first : `${request[1]} ${request[2]}`;
}

/** Everything that went over the wire, to be sent to somebody who helps. */
export function writeMessages(messages: readonly TracedMessage[]): string {
  return messages
    .map(({ atMs, direction, transport, local, remote, text }) => {
      const way = direction === 'sent' ? `${local} -> ${remote}` : `${remote} -> ${local}`;
      return `--- ${new Date(atMs).toISOString()} ${transport.toUpperCase()} ${way}\n${text.replace(/\r\n/g, '\n').trimEnd()}\n`;
    })
    .join('\n');
}
