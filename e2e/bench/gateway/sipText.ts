/** What the measuring gateway needs of a SIP message: it reads only what our own bridge writes. */
export interface SipText {
  readonly startLine: string;
  /** Empty for a response. */
  readonly method: string;
  readonly headers: readonly string[];
  readonly body: string;
  header(name: string): string;
}

export function readSip(message: string): SipText {
  const end = message.indexOf('\r\n\r\n');
  const [startLine = '', ...headers] = message.slice(0, end).split('\r\n');
  const method = startLine.startsWith('SIP/2.0') ? '' : (startLine.split(' ')[0] ?? '');
  const header = (name: string) => {
    const prefix = `${name.toLowerCase()}:`;
    const line = headers.find((candidate) => candidate.toLowerCase().startsWith(prefix));
    return line?.slice(prefix.length).trim() ?? '';
  };
  return { startLine, method, headers, body: message.slice(end + 4), header };
}

export interface Reply {
  readonly status: string;
  readonly tag: string;
  readonly port: number;
  readonly sdp?: string;
}

/** A response to `request` (RFC 3261 section 8.2.6). */
export function writeReply(request: SipText, { status, tag, port, sdp = '' }: Reply): string {
  const copied = request.headers.filter((line) => /^(Via|From|Call-ID|CSeq|Record-Route):/i.test(line));
  const to = request.header('To');
  return [
    `SIP/2.0 ${status}`,
    ...copied,
    `To: ${to}${to.includes('tag=') ? '' : `;tag=${tag}`}`,
    `Contact: <sip:bench@127.0.0.1:${port}>`,
    ...(sdp ? ['Content-Type: application/sdp'] : []),
    `Content-Length: ${sdp.length}`,
    '',
    sdp,
  ].join('\r\n');
}

export function pcmuAnswer(port: number): string {
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP 0`,
    'a=rtpmap:0 PCMU/8000',
    'a=ptime:20',
    'a=sendrecv',
    '',
  ].join('\r\n');
}

/** Where an SDP wants its audio. */
export function audioTarget(sdp: string): { host: string; port: number } {
  const host = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1];
  const port = Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);
  if (!host || !port) throw new Error(`no audio in the offer:\n${sdp}`);
  return { host, port };
}
