import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { wallClockMs } from '../wallClock.ts';
import type { GatewayEvent } from './events.ts';
import { GatewayCall } from './GatewayCall.ts';
import { audioTarget, pcmuAnswer, readSip, type SipText, writeReply } from './sipText.ts';

/**
 * A gateway in a process of its own that tells when it sent and got what. Numbers that end in 1 ring for a fifth of a
 * second before they are answered; all others are answered at once. Audio begins with the answer.
 */
const ringMs = 200;
const socket = createSocket('udp4').bind(0, '127.0.0.1');
await once(socket, 'listening');
const { port } = socket.address();
const calls = new Map<string, { media: GatewayCall; retransmission: NodeJS.Timeout | undefined }>();

const report = (kind: GatewayEvent['kind'], at = wallClockMs()) =>
  process.send?.({ kind, at, port } satisfies GatewayEvent);

socket.on('message', (message, from) => {
  const at = wallClockMs();
  const request = readSip(message.toString('latin1'));
  const reply = (status: string, sdp?: string) =>
    socket.send(writeReply(request, { status, tag: 'bench', port, ...(sdp && { sdp }) }), from.port, from.address);
  const id = request.header('Call-ID');
  const call = calls.get(id);
  if (request.method === 'INVITE' && !call) {
    report('invited', at);
    reply('180 Ringing');
    void answer(id, request, reply);
  } else if (request.method === 'ACK') {
    clearInterval(call?.retransmission);
  } else if (request.method === 'BYE') {
    reply('200 OK');
    if (call) end(id);
    report('ended', at);
  } else if (request.method && request.method !== 'INVITE') {
    reply('200 OK');
  }
});

async function answer(id: string, request: SipText, reply: (status: string, sdp: string) => void): Promise<void> {
  const media = await GatewayCall.create(audioTarget(request.body), () => report('heard'));
  const call = { media, retransmission: undefined as NodeJS.Timeout | undefined };
  calls.set(id, call);
  if (/^INVITE sip:[^@]*1@/.test(request.startLine)) await new Promise((resolve) => setTimeout(resolve, ringMs));
  const sdp = pcmuAnswer(media.port);
  report('answered');
  reply('200 OK', sdp);
  media.talk();
  call.retransmission = setInterval(() => reply('200 OK', sdp), 500);
}

function end(id: string): void {
  const call = calls.get(id);
  clearInterval(call?.retransmission);
  call?.media.close();
  calls.delete(id);
}

setInterval(() => {
  for (const { media } of calls.values()) media.tick();
}, 20);
process.once('disconnect', () => process.exit());
report('ready');
