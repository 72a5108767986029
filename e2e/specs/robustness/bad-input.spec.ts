import { randomUUID } from 'node:crypto';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from '@playwright/test';
import { requests } from '../../../shared/protocol/index.ts';
import { browserOffer } from '../../fixtures/browserOffer.ts';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { alice, microphoneToneHz, nobody, telephone, withNetwork } from '../../fixtures/index.ts';
import { damagePayload, junk } from '../../fixtures/malformedPayload.ts';
import { damageSip, sipRequest, sipResponse } from '../../fixtures/malformedSip.ts';
import { type Answer, openSession, ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { pick, randomFrom } from '../../fixtures/randomFrom.ts';

const test = withNetwork(
  {
    telephone: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 1000 }),
    mad: nobody(),
    madOverTcp: nobody({ transport: 'tcp' }),
  },
  // Nobody answers the probes: the mad gateways must not be given up for it.
  { probes: { failuresUntilDown: 100 } },
);

/** Every test here must leave this call as it was, and the bridge able to make another. */
test.beforeEach(async ({ dialer, network }) => {
  const { number, peer } = network.telephone;
  await dialer.dial(number);
  await dialer.expectToHear(1000);
  await expectToHear(peer, microphoneToneHz);
});

test.afterEach(async ({ bridge, dialer, network }) => {
  const { number, peer } = network.telephone;
  expect(bridge.isRunning).toBe(true);
  await dialer.expectToHear(1000);
  await expectToHear(peer, microphoneToneHz);
  const mark = peer.mark();
  await dialer.hangUp.click();
  await peer.waitForClosed(mark);
  await dialer.expectIdle();
  await dialer.dial(number);
  await dialer.expectToHear(1000);
  await dialer.hangUp.click();
  await dialer.expectIdle();
});

const methods = ['INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'INFO', 'UPDATE', 'NOTIFY', 'REFER', 'NONSENSE'];
const answers = [
  '100 Trying',
  '180 Ringing',
  '183 Session Progress',
  '200 OK',
  '401 Unauthorized',
  '486 Busy Here',
  '999 What',
];

test('1,200 malformed SIP requests from a gateway’s port harm nothing', async ({ network, bridgeSipPort }) => {
  const random = randomFrom(20_260);
  const socket = await bindUdp(network.mad.port);
  try {
    for (let count = 0; count < 1200; count += 1) {
      const id = `bad${count}`;
      const message = sipRequest(pick(random, methods), { port: network.mad.port, id });
      socket.send(damageSip(message, random), bridgeSipPort, '127.0.0.1');
      if (count % 50 === 49)
        await answersOptions(socket, { bridgeSipPort, id: `good${count}`, port: network.mad.port });
    }
  } finally {
    socket.close();
  }
});

test('1,000 malformed answers to INVITEs harm nothing', async ({ bridge, network }) => {
  const random = randomFrom(4_711);
  const client = await ProtocolClient.signIn(bridge.url, alice);
  const socket = await bindUdp(network.mad.port);
  let sent = 0;
  socket.on('message', (message, from) => {
    const request = message.toString('latin1');
    const reply = (text: string | Buffer) => socket.send(text, from.port, from.address);
    if (!request.startsWith('INVITE')) {
      if (!request.startsWith('ACK')) reply(sipResponse('200 OK', request, { port: network.mad.port }));
      return;
    }
    for (let count = 0; count < 50; count += 1, sent += 1) {
      const sdp = pick(random, [
        '',
        'v=0\r\n',
        'v=0\r\nm=audio x RTP/AVP 0\r\n',
        `${'m=audio 9 RTP/AVP 0\r\n'.repeat(20)}`,
      ]);
      reply(damageSip(sipResponse(pick(random, answers), request, { port: network.mad.port, sdp }), random));
    }
    reply(sipResponse('486 Busy Here', request, { port: network.mad.port }));
  });
  try {
    while (sent < 1000) {
      const callId = randomUUID();
      const answer = await client.request('call:dial', {
        callId,
        destination: network.mad.number,
        offer: browserOffer(),
      });
      expect(answer).toMatchObject({ ok: true });
      await client.waitForStatus(callId, ({ state }) => state === 'ended');
    }
  } finally {
    socket.close();
    client.close();
  }
});

test('200 connections that speak malformed SIP over TCP harm nothing', async ({ network, bridgeSipPort }) => {
  const random = randomFrom(815);
  for (let count = 0; count < 200; count += 1) {
    const message = sipRequest(pick(random, methods), { port: network.madOverTcp.port, id: `tcp${count}` });
    const socket = connect(bridgeSipPort, '127.0.0.1');
    // The bridge may close on what it can't read.
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    for (let part = 0; part < 5; part += 1) socket.write(damageSip(message, random));
    socket.end();
    socket.resume();
    socket.setTimeout(200, () => socket.destroy());
    await once(socket, 'close');
  }
});

test('1,500 malformed protocol messages are answered with errors and harm nothing', async ({ bridge, network }) => {
  const random = randomFrom(42);
  const session = await openSession(bridge.url, alice);
  const good: Record<string, unknown> = {
    protocolVersion: 1,
    accessToken: session.accessToken,
    deviceId: randomUUID(),
    client: { name: 'e2e', version: '1' },
    callId: randomUUID(),
    destination: network.mad.number,
    offer: browserOffer(),
    digits: '1',
    isMuted: true,
    candidates: ['candidate:1 1 udp 1 127.0.0.1 9 typ host'],
  };
  const codes = new Set<string>();
  for (let batch = 0; batch < 20; batch += 1) {
    // Fewer per connection than it may send at once: the junk must be read, not turned away.
    const isKnown = batch % 2 === 0;
    const client = isKnown ? await ProtocolClient.join(session) : await ProtocolClient.connect(bridge.url);
    for (const name of Array.from({ length: 75 }, () => pick(random, messageNames))) {
      const payload = damagePayload({ messageId: pick(random, [randomUUID(), 1, '']), ...good }, random);
      if (random() < 0.2) client.socket.emit(name, payload, ...(random() < 0.5 ? [junk(random), junk(random)] : []));
      else codes.add(await codeOfAnswer(client, name, payload));
    }
    expect(client.socket.connected).toBe(true);
    client.close();
  }
  expect([...codes]).toEqual(expect.arrayContaining(['badRequest', 'unknownMessage']));
  // Junk is the sender's fault: an error of ours would mean that something was not expected.
  expect([...codes]).not.toContain('internal');
  expect([...codes]).not.toContain('tooManyAttempts');
});

const messageNames = [
  ...Object.keys(requests),
  ...['call:nonsense', '', 'constructor', '__proto__', 'toString', 'session:hello\n', 'x'.repeat(10_000)],
];

/** The answer's error code; `ok` where the damage left a payload that is right. */
async function codeOfAnswer(client: ProtocolClient, name: string, payload: unknown): Promise<string> {
  const answer: Answer = await client.socket.timeout(5000).emitWithAck(name, payload);
  return answer.ok ? 'ok' : answer.error.code;
}

test('300 connections that speak no socket.io harm nothing', async ({ bridge }) => {
  const random = randomFrom(7);
  const address = `${bridge.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  for (let count = 0; count < 300; count += 1) {
    const socket = new WebSocket(address);
    const closed = once(socket, 'close');
    await once(socket, 'open');
    for (let part = 0; part < 4; part += 1) {
      const frame = pick(random, [
        '40',
        '42["call:dial"',
        '451-["x",{"_placeholder":true,"num":9}]',
        '4',
        '3',
        '99',
        '\0'.repeat(100),
      ]);
      socket.send(random() < 0.3 ? Buffer.from(frame) : frame);
    }
    socket.close();
    await closed;
  }
});

async function bindUdp(port: number): Promise<UdpSocket> {
  const socket = createSocket('udp4');
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** The bridge has read everything sent before: it answers an OPTIONS that is as it should be. */
async function answersOptions(
  socket: UdpSocket,
  to: { bridgeSipPort: number; id: string; port: number },
): Promise<void> {
  const answered = new Promise<void>((resolve) => {
    const listener = (message: Buffer) => {
      if (!message.toString('latin1').includes(`Call-ID: ${to.id}@`)) return;
      socket.off('message', listener);
      resolve();
    };
    socket.on('message', listener);
  });
  socket.send(sipRequest('OPTIONS', to), to.bridgeSipPort, '127.0.0.1');
  await answered;
}
