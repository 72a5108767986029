/** Sends junk to a UDP port of loopback, in a process of its own: `flood.ts PORT FROM PER_SECOND SECONDS KIND`. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';

const [port = '', from = '', perSecond = '', seconds = '', kind = ''] = process.argv.slice(2);
const socket = createSocket('udp4');
socket.bind(0, from);
await once(socket, 'listening');

const request = (method: string, id: number) =>
  [
    `${method} sip:+12025550100@127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/UDP ${from}:${socket.address().port};branch=z9hG4bK${id};rport`,
    'Max-Forwards: 70',
    `From: "scanner" <sip:100@${from}>;tag=${id}`,
    'To: <sip:+12025550100@127.0.0.1>',
    `Call-ID: ${id}@${from}`,
    `CSeq: 1 ${method}`,
    `Contact: <sip:100@${from}:${socket.address().port}>`,
    'User-Agent: friendly-scanner',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');

const kinds: Readonly<Record<string, (id: number) => string>> = {
  unreadable: (id) => `what ${'is this '.repeat(60)}${id}\r\n\r\n`,
  unknownMethods: (id) => request('NONSENSE', id),
  invites: (id) => request('INVITE', id),
};
const make = kinds[kind];
if (make === undefined) throw new Error(`expected one of ${Object.keys(kinds).join(', ')}`);

const beganAt = performance.now();
const total = Number(perSecond) * Number(seconds);
for (let sent = 0; sent < total; ) {
  const due = Math.min(total, ((performance.now() - beganAt) / 1000) * Number(perSecond));
  for (; sent < due; sent += 1) socket.send(make(sent), Number(port), '127.0.0.1');
  await setTimeout(5);
}
socket.close();
