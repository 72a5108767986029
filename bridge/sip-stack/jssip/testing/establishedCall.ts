import { expect } from 'vitest';
import type { SipRequest } from '../../message/index.ts';
import { ANSWER, answer, type Bench, type Dialled } from './makeStack.ts';

/** Everything has run out: nothing is held but user agents, by us or by JsSIP. */
export function expectNothingHeld(bench: Bench): void {
  bench.clock.advance(64_000);
  expect(bench.stack.holdings()).toMatchObject({ calls: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 });
  expect(bench.stack.heldByJsSip()).toMatchObject({ sessions: 0, dialogs: 0 });
}

/** Dials, and the gateway answers at once. */
export async function established(bench: Bench): Promise<Dialled & { invite: SipRequest }> {
  const dialled = bench.dial();
  const { request: invite, reply } = await bench.peer.request('INVITE');
  reply(answer(bench.peer, invite, { status: 200, sdp: ANSWER }));
  await bench.peer.request('ACK');
  await dialled.saw('answered');
  return { ...dialled, invite };
}

/** The gateway hangs up. */
export function byeOf(bench: Bench, invite: SipRequest, transport: 'UDP' | 'TCP'): string {
  return [
    `BYE ${invite.headers.get('Contact')?.slice(1, -1)} SIP/2.0`,
    `Via: SIP/2.0/${transport} 127.0.0.1:${bench.peer.port};branch=z9hG4bKbye;rport`,
    `From: ${invite.headers.get('To')};tag=far`,
    `To: ${invite.headers.get('From')}`,
    `Call-ID: ${invite.headers.get('Call-ID')}`,
    'CSeq: 1 BYE',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** A request of the gateway inside the call. */
export function inDialog(
  bench: Bench,
  invite: SipRequest,
  method: string,
  cseq: number,
  more: [string, string][] = [],
  body = '',
): string {
  return [
    `${method} ${invite.headers.get('Contact')?.slice(1, -1)} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${bench.peer.port};branch=z9hG4bK${method}${cseq};rport`,
    `From: ${invite.headers.get('To')};tag=far`,
    `To: ${invite.headers.get('From')}`,
    `Call-ID: ${invite.headers.get('Call-ID')}`,
    `CSeq: ${cseq} ${method}`,
    `Contact: <sip:gw@127.0.0.1:${bench.peer.port}>`,
    ...more.map(([name, value]) => `${name}: ${value}`),
    ...(body === '' || more.some(([name]) => name === 'Content-Type') ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

export function sendToStack(bench: Bench, text: string): void {
  bench.peer.sendUdp(text, bench.port);
}
