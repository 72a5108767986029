import {
  createDialogRequest,
  type DialogState,
  dialogOfUac,
  type SipResponse,
  serializeMessage,
} from '../../message/index.ts';
import type { IncomingSipCall } from '../../port/index.ts';
import { type Bench, OFFER } from './makeStack.ts';

export interface Received {
  readonly call: IncomingSipCall;
  /** Events in order, as `name` or `name value`. */
  readonly events: string[];
}

interface InviteParts {
  readonly uri?: string;
  readonly callId?: string;
  readonly fromTag?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cseq?: number;
  readonly branch?: string;
  readonly contact?: string | null;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly bodyType?: string;
}

/** The gateway of a bench, calling us over UDP. */
export class Caller {
  readonly calls: Received[] = [];
  readonly #bench: Bench;

  /** The stack knows the gateway and tells of its calls. */
  constructor(bench: Bench) {
    this.#bench = bench;
    bench.stack.setPeers([{ ...bench.gateway, incoming: bench.gateway.incoming ?? { addresses: [] } }]);
    bench.stack.events.on('incomingCall', (call) => {
      const events: string[] = [];
      call.on('cancelled', () => events.push('cancelled'));
      call.on('confirmed', ({ sdp }) => events.push(sdp === null ? 'confirmed' : `confirmed ${sdp}`));
      call.on('ended', (end) => events.push(`ended ${JSON.stringify(end)}`));
      this.calls.push({ call, events });
    });
  }

  invite(parts: InviteParts = {}): string {
    const { port } = this.#bench.peer;
    const body = parts.body ?? OFFER;
    const { contact = `<sip:gw@127.0.0.1:${port}>`, callId = 'call-in' } = parts;
    const cseq = parts.cseq ?? 7;
    return [
      `INVITE ${parts.uri ?? `sip:+12025550199@127.0.0.1:${this.#bench.port}`} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=${parts.branch ?? `z9hG4bK${callId}${cseq}`};rport`,
      'Max-Forwards: 70',
      `From: ${parts.from ?? '"Bob" <sip:+12025550100@gw.example>'};tag=${parts.fromTag ?? 'far'}`,
      `To: ${parts.to ?? '<sip:+12025550199@127.0.0.1>'}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} INVITE`,
      ...(contact === null ? [] : [`Contact: ${contact}`]),
      ...(parts.headers ?? []),
      ...(body === '' ? [] : [`Content-Type: ${parts.bodyType ?? 'application/sdp'}`]),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
  }

  send(text: string): void {
    this.#bench.peer.sendUdp(text, this.#bench.port);
  }

  /** Calls, and waits until the stack has told of it. */
  async call(parts: InviteParts = {}): Promise<Received> {
    const before = this.calls.length;
    this.send(this.invite(parts));
    await this.#bench.peer.until(() => this.calls.length > before);
    const received = this.calls[before];
    if (received === undefined) throw new Error('unreachable: it was just counted');
    return received;
  }

  /** The `count`-th response with this status. */
  async response(status: number, count = 1): Promise<SipResponse> {
    await this.#bench.peer.until(() => this.#bench.peer.responses(status).length >= count);
    const response = this.#bench.peer.responses(status)[count - 1];
    if (response === undefined) throw new Error('unreachable: it was just counted');
    return response;
  }

  /** The dialog that a response made, seen from the gateway. */
  dialog(response: SipResponse): DialogState {
    const dialog = dialogOfUac(response);
    if (dialog === null) throw new Error('the response makes no dialog');
    return dialog;
  }

  /** Sends a request in the dialog; an ACK has the number of its INVITE. */
  inDialog(
    dialog: DialogState,
    method: string,
    more: { headers?: [string, string][]; body?: string; bodyType?: string; cseq?: number; contact?: string } = {},
  ): void {
    const request = createDialogRequest(dialog, {
      method,
      ...(more.cseq === undefined ? (method === 'ACK' ? { cseq: dialog.localSequence } : {}) : { cseq: more.cseq }),
      headers: [['Contact', more.contact ?? `<sip:gw@127.0.0.1:${this.#bench.peer.port}>`], ...(more.headers ?? [])],
      ...(more.body === undefined ? {} : { body: { type: more.bodyType ?? 'application/sdp', text: more.body } }),
    });
    request.headers.prepend(
      'Via',
      `SIP/2.0/UDP 127.0.0.1:${this.#bench.peer.port};branch=z9hG4bK${method}${dialog.localSequence}${dialog.callId};rport`,
    );
    this.send(serializeMessage(request));
  }

  cancel(invite: string): void {
    this.send(
      invite
        .replace(/^INVITE/, 'CANCEL')
        .replace(/^CSeq: (\d+) INVITE/m, 'CSeq: $1 CANCEL')
        .replace(/^Content-Type.*\r\n/m, '')
        .replace(/Content-Length: \d+\r\n\r\n.*/s, 'Content-Length: 0\r\n\r\n'),
    );
  }
}
