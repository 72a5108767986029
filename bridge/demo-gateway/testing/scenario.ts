/** Pieces of SIPp scenarios: the calling side, with audio at a port of the test's own (`-key rtp_port`). */
export function scenario(...steps: readonly string[]): string {
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="caller">\n${steps.join('\n')}\n</scenario>\n`;
}

export const PCMU_OFFER = sdp('0 101', [
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-15',
]);

export function sdp(payloadTypes: string, attributes: readonly string[]): string {
  return [
    'v=0',
    'o=sipp 1 1 IN IP4 [local_ip]',
    's=-',
    'c=IN IP4 [local_ip]',
    't=0 0',
    `m=audio [rtp_port] RTP/AVP ${payloadTypes}`,
    ...attributes,
  ].join('\n');
}

export function invite(offer: string | null, cseq = 1): string {
  return send(
    request('INVITE', {
      cseq,
      isInDialog: cseq > 1,
      body: offer === null ? null : { type: 'application/sdp', text: offer },
    }),
  );
}

export function info(type: string, text: string, cseq = 2): string {
  return send(request('INFO', { cseq, isInDialog: true, body: { type, text } }));
}

/** The ACK of a 2xx; that of a failure is a piece of its own below. */
export function ack(options: { cseq?: number; answer?: string } = {}): string {
  const body = options.answer === undefined ? null : { type: 'application/sdp', text: options.answer };
  return send(request('ACK', { cseq: options.cseq ?? 1, isInDialog: true, body }), '');
}

export function ackOfFailure(): string {
  return send(sameTransaction('ACK', '[last_To:]'), '');
}

export function cancel(): string {
  return send(sameTransaction('CANCEL', 'To: <sip:[service]@[remote_ip]:[remote_port]>'));
}

export function bye(cseq = 9): string {
  return send(request('BYE', { cseq, isInDialog: true, body: null }));
}

export function other(method: string, options: { isInDialog: boolean; cseq: number }): string {
  return send(request(method, { ...options, body: null }));
}

export function receive(status: number, options: { isOptional?: boolean } = {}): string {
  return `<recv response="${status}" ${options.isOptional === true ? 'optional="true"' : ''} timeout="20000"></recv>`;
}

export function receiveRequest(method: string): string {
  return `<recv request="${method}" timeout="30000"></recv>`;
}

/** 200 to the request received last. */
export function respond(): string {
  const head = ['SIP/2.0 200 OK', '[last_Via:]', '[last_From:]', '[last_To:]', '[last_Call-ID:]', '[last_CSeq:]'];
  return send([...head, 'Content-Length: 0', '', ''].join('\n'), '');
}

export function pause(ms: number): string {
  return `<pause milliseconds="${ms}"/>`;
}

function send(message: string, attributes = 'retrans="500"'): string {
  return `<send ${attributes}><![CDATA[\n\n${message}\n]]></send>`;
}

function request(
  method: string,
  options: { cseq: number; isInDialog: boolean; body: { type: string; text: string } | null },
): string {
  const { cseq, isInDialog, body } = options;
  return [
    `${method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0`,
    `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-${cseq}${method}`,
    'From: <sip:caller@[local_ip]:[local_port]>;tag=[pid]x[call_number]',
    `To: <sip:[service]@[remote_ip]:[remote_port]>${isInDialog ? '[peer_tag_param]' : ''}`,
    'Call-ID: [call_id]',
    `CSeq: ${cseq} ${method}`,
    'Contact: <sip:caller@[local_ip]:[local_port];transport=[transport]>',
    'Max-Forwards: 70',
    ...(body === null ? [] : [`Content-Type: ${body.type}`]),
    'Content-Length: [len]',
    '',
    body?.text ?? '',
  ].join('\n');
}

function sameTransaction(method: string, to: string): string {
  return [
    `${method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0`,
    'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-1INVITE',
    'From: <sip:caller@[local_ip]:[local_port]>;tag=[pid]x[call_number]',
    to,
    'Call-ID: [call_id]',
    `CSeq: 1 ${method}`,
    'Max-Forwards: 70',
    'Content-Length: 0',
    '',
    '',
  ].join('\n');
}
