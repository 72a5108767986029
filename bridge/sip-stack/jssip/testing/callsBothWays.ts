import { type DialogState, dialogOfUas, parseMessage, type SipRequest } from '../../message/index.ts';
import type { IncomingSipCall, OutgoingInvite, SipCall } from '../../port/index.ts';
import type { RawPeer } from '../../transport/testing/RawPeer.ts';
import { Caller } from './Caller.ts';
import { ANSWER, answer, type Bench } from './makeStack.ts';

export interface CallInProgress {
  readonly call: SipCall | IncomingSipCall;
  /** Of the end alone: `ended value`. */
  readonly ends: string[];
  /** As the gateway sees it. */
  readonly dialog: DialogState;
  readonly caller: Caller;
}

interface CallOptions {
  /** Of the gateway's answer, or of its INVITE. */
  readonly headers?: [string, string][];
  readonly handlers?: Partial<Pick<OutgoingInvite, 'onRemoteOffer' | 'onRemoteAnswer'>>;
}

/** A call that is up, in whichever way it began; `heard` of the peer is empty. */
export async function callInProgress(
  way: 'outgoing' | 'incoming',
  bench: Bench,
  options: CallOptions = {},
): Promise<CallInProgress> {
  const made = await (way === 'outgoing' ? callOut : callIn)(bench, options);
  const ends: string[] = [];
  made.call.on('ended', (end: unknown) => ends.push(`ended ${JSON.stringify(end)}`));
  bench.peer.heard.length = 0;
  return { ...made, ends };
}

async function callOut(bench: Bench, { headers = [], handlers = {} }: CallOptions) {
  const caller = new Caller(bench);
  const { call, saw } = bench.dial(handlers);
  const { request: invite, reply } = await bench.peer.request('INVITE');
  const ok = answer(bench.peer, invite, { status: 200, sdp: ANSWER, headers });
  reply(ok);
  await bench.peer.request('ACK');
  await saw('answered');
  const parsed = parseMessage(ok);
  if (!parsed.ok || parsed.message.kind !== 'response') throw new Error('unreachable: we wrote it');
  const dialog = dialogOfUas(invite, parsed.message);
  if (dialog === null) throw new Error('the answer makes no dialog');
  return { call, caller, dialog };
}

async function callIn(bench: Bench, { headers = [], handlers = {} }: CallOptions) {
  const caller = new Caller(bench);
  const { call, events } = await caller.call({ headers: headers.map(([name, value]) => `${name}: ${value}`) });
  call.answer(ANSWER, { onRemoteOffer: async () => ANSWER, ...handlers });
  const dialog = caller.dialog(await caller.response(200));
  caller.inDialog(dialog, 'ACK');
  while (!events.includes('confirmed')) await new Promise((resolve) => call.once('confirmed', resolve));
  return { call, caller, dialog };
}

/** The `count`-th request with this method, and how to answer it. */
export async function nextRequest(
  peer: RawPeer,
  method: string,
  count = 1,
): Promise<{
  request: SipRequest;
  respond: (status: number, more?: { sdp?: string; headers?: [string, string][] }) => void;
}> {
  const { request, reply } = await peer.request(method, count);
  return { request, respond: (status, more = {}) => reply(answer(peer, request, { status, ...more })) };
}
