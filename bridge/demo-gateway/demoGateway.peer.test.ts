import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RecordingLogger } from '../observability/RecordingLogger.ts';
import { loadSounds, type Sounds } from './audio/Sounds.ts';
import { type DemoGateway, startDemoGateway } from './index.ts';
import { RtpPeer } from './testing/RtpPeer.ts';
import { SippCaller, type SippCallerOptions } from './testing/SippCaller.ts';
import {
  ack,
  ackOfFailure,
  bye,
  cancel,
  info,
  invite,
  other,
  PCMU_OFFER,
  pause,
  receive,
  receiveRequest,
  respond,
  scenario,
  sdp,
} from './testing/scenario.ts';

const RTP_PORT_IN_SDP = /SIP\/2\.0 (?:183|200)[\s\S]*?m=audio (\d+) RTP/;
const TRANSPORTS = ['udp', 'tcp'] as const;
const NOTHING_UP = { calls: 0, sockets: 0, streams: 0 };
const UP_TO_200 = [receive(100), receive(180, { isOptional: true }), receive(200)];

describe('the demo gateway, called by SIPp', () => {
  let gateway: DemoGateway;
  let sounds: Sounds;
  const logger = new RecordingLogger();
  const opened: { close(): unknown }[] = [];

  beforeAll(async () => {
    [gateway, sounds] = await Promise.all([startDemoGateway({ logger }, { host: '127.0.0.1', port: 0 }), loadSounds()]);
  });

  afterEach(async () => {
    for (const thing of opened.splice(0)) await thing.close();
    await vi.waitFor(async () => expect(await gateway.holdings()).toMatchObject(NOTHING_UP));
    expect(logger.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });

  afterAll(async () => {
    await gateway.close();
  });

  async function call(number: string, options: Omit<SippCallerOptions, 'port' | 'number'>): Promise<SippCaller> {
    const caller = await SippCaller.start({ port: gateway.port, number, ...options });
    opened.push(caller);
    return caller;
  }

  async function openPeer(): Promise<RtpPeer> {
    const peer = await RtpPeer.open();
    opened.push(peer);
    return peer;
  }

  it.each(TRANSPORTS)('echoes audio of any codec with its numbers kept in step, called over %s', async (transport) => {
    const peer = await openPeer();
    const offer = sdp('96 0 97', ['a=rtpmap:96 opus/48000/2', 'a=rtpmap:97 telephone-event/48000']);
    const steps = [invite(offer), ...UP_TO_200, ack(), pause(2500), bye(), receive(200)];
    const caller = await call('+12025550100', { transport, scenario: scenario(...steps), rtpPort: peer.port });
    const port = Number((await caller.shows(RTP_PORT_IN_SDP))[1]);
    const messages = await caller.messages();
    expect(messages).toMatch(/m=audio \d+ RTP\/AVP 96 97\r?\na=rtpmap:96 opus\/48000\/2/);
    const packet = { payloadType: 96, isMarked: false, ssrc: 0x01020304 };
    for (let index = 0; index < 20; index += 1) {
      const payload = Uint8Array.from([0xfc, index, 1, 2, 3]);
      peer.send({ ...packet, payload, sequenceNumber: 100 + index, timestamp: 960 * index }, port);
    }
    await peer.until(() => peer.heard.length === 20);
    const [first] = peer.heard;
    expect(first?.ssrc).not.toBe(packet.ssrc);
    for (const [index, heard] of peer.heard.entries()) {
      expect([...heard.payload]).toEqual([0xfc, index, 1, 2, 3]);
      expect(heard.payloadType).toBe(96);
      expect((heard.sequenceNumber - (first?.sequenceNumber ?? 0)) & 0xffff).toBe(index);
      expect((heard.timestamp - (first?.timestamp ?? 0)) >>> 0).toBe(960 * index);
    }
    expect(await gateway.holdings()).toMatchObject({ calls: 1, sockets: 2, streams: 0 });
    await caller.succeeded();
  });

  it('speaks before it answers and plays music afterwards, in one unbroken stream', async () => {
    const peer = await openPeer();
    const steps = [invite(PCMU_OFFER), receive(100), receive(180), receive(183), receive(200)];
    const caller = await call('+12025550101', {
      scenario: scenario(...steps, ack(), pause(1500), bye(), receive(200)),
      rtpPort: peer.port,
    });
    await caller.shows(/SIP\/2\.0 183[\s\S]*m=audio/);
    await peer.hears(sounds.prompt('please-hold').subarray(0, 8000));
    expect(await caller.messages()).not.toContain('SIP/2.0 200');
    await peer.hears(sounds.music.subarray(0, 8000));
    expect(await caller.messages()).toContain('SIP/2.0 200');
    const [first, ...rest] = peer.heard;
    expect(first?.isMarked).toBe(true);
    for (const [index, packet] of rest.entries()) {
      expect(packet.isMarked).toBe(false);
      expect(packet.ssrc).toBe(first?.ssrc);
      expect((packet.sequenceNumber - (first?.sequenceNumber ?? 0)) & 0xffff).toBe(index + 1);
      expect((packet.timestamp - (first?.timestamp ?? 0)) >>> 0).toBe(160 * (index + 1));
    }
    await caller.succeeded();
  });

  it.each([
    ['+12025550102', 486, 17],
    ['+12025550104', 404, 1],
    ['+12025550106', 603, 21],
    ['+12125550199', 404, 1],
    ['nobody', 404, 1],
  ])('refuses a call to %s with %i and cause %i', async (number, status, cause) => {
    const steps = [invite(PCMU_OFFER), receive(100), receive(status), ackOfFailure()];
    const caller = await call(number, { scenario: scenario(...steps) });
    await caller.succeeded();
    expect(await caller.messages()).toContain(`Reason: Q.850;cause=${cause};`);
  });

  it.each(TRANSPORTS)('rings without end until the caller cancels, called over %s', async (transport) => {
    const steps = [invite(PCMU_OFFER), receive(100), receive(180), pause(300), cancel(), receive(200), receive(487)];
    const caller = await call('+12025550103', { transport, scenario: scenario(...steps, ackOfFailure()) });
    await caller.succeeded();
  });

  it('says each key it hears, by RFC 4733 and by INFO, and all of them again at the pound key', async () => {
    const peer = await openPeer();
    const steps = [invite(PCMU_OFFER), ...UP_TO_200, ack(), pause(1500)];
    const infos = [info('application/dtmf-relay', 'Signal=7\nDuration=160'), receive(200), pause(4500)];
    const caller = await call('+12025550105', {
      scenario: scenario(...steps, ...infos, bye(), receive(200)),
      rtpPort: peer.port,
    });
    const port = Number((await caller.shows(RTP_PORT_IN_SDP))[1]);
    await peer.hears(sounds.prompt('menu-welcome').subarray(0, 2000));
    peer.press('1', { port, timestamp: 16_000 });
    await peer.hears(sounds.digit('1') ?? new Uint8Array(1));
    peer.press('5', { port, timestamp: 32_000 });
    await peer.hears(sounds.digit('5') ?? new Uint8Array(1));
    await peer.hears(sounds.digit('7') ?? new Uint8Array(1));
    const before = peer.heard.length;
    peer.press('#', { port, timestamp: 64_000 });
    await peer.hears(sounds.prompt('menu-you-pressed'));
    const again = () => Buffer.concat(peer.heard.slice(before).map(({ payload }) => payload));
    const all = Buffer.concat(['1', '5', '7'].map((digit) => sounds.digit(digit) ?? new Uint8Array(1)));
    await peer.until(() => again().includes(all));
    await caller.succeeded();
  });

  it.each(TRANSPORTS)('says goodbye and hangs up at a pound key alone, called over %s', async (transport) => {
    const peer = await openPeer();
    const steps = [invite(PCMU_OFFER), ...UP_TO_200, ack(), receiveRequest('BYE'), respond()];
    const caller = await call('+12025550105', { transport, scenario: scenario(...steps), rtpPort: peer.port });
    const port = Number((await caller.shows(RTP_PORT_IN_SDP))[1]);
    await peer.until(() => peer.heard.length > 0);
    peer.press('#', { port, timestamp: 16_000 });
    await peer.hears(sounds.prompt('menu-goodbye'));
    await caller.succeeded();
  });

  it('plays an announcement of the network and refuses without ever answering', async () => {
    const peer = await openPeer();
    const steps = [invite(PCMU_OFFER), receive(100), receive(183), receive(480), ackOfFailure()];
    const caller = await call('+12025550107', { scenario: scenario(...steps), rtpPort: peer.port });
    await peer.hears(sounds.prompt('not-available'));
    await caller.succeeded();
  });

  it('speaks A-law to a caller who offers nothing else of ours', async () => {
    const peer = await openPeer();
    const offer = sdp('9 8', ['a=rtpmap:9 G722/8000']);
    const steps = [
      invite(offer),
      receive(100),
      receive(180),
      receive(183),
      pause(500),
      cancel(),
      receive(200),
      receive(487),
    ];
    const caller = await call('+12025550101', {
      scenario: scenario(...steps, ackOfFailure()),
      rtpPort: peer.port,
    });
    await peer.until(() => peer.heard.length > 20);
    expect(new Set(peer.heard.map(({ payloadType }) => payloadType))).toEqual(new Set([8]));
    await caller.succeeded();
  });

  it('refuses with 488 when there is no codec in common', async () => {
    const steps = [invite(sdp('96', ['a=rtpmap:96 opus/48000/2'])), receive(100), receive(488), ackOfFailure()];
    const caller = await call('+12025550101', { scenario: scenario(...steps) });
    await caller.succeeded();
  });

  it('makes the offer itself when the INVITE has none, and plays once it is answered', async () => {
    const peer = await openPeer();
    const answer = sdp('8', ['a=rtpmap:8 PCMA/8000']);
    const steps = [invite(null), ...UP_TO_200, ack({ answer }), pause(1000), bye(), receive(200)];
    const caller = await call('+12025550105', { scenario: scenario(...steps), rtpPort: peer.port });
    await peer.until(() => peer.heard.length > 20);
    expect(peer.heard[0]?.payloadType).toBe(8);
    await caller.succeeded();
  });

  it('is put on hold and taken off again', async () => {
    const peer = await openPeer();
    const held = `${PCMU_OFFER}\na=sendonly`;
    const hold = [invite(held, 2), receive(100, { isOptional: true }), receive(200), ack({ cseq: 2 }), pause(1000)];
    const resume = [
      invite(PCMU_OFFER, 3),
      receive(100, { isOptional: true }),
      receive(200),
      ack({ cseq: 3 }),
      pause(1000),
    ];
    const caller = await call('+12025550105', {
      scenario: scenario(invite(PCMU_OFFER), ...UP_TO_200, ack(), pause(500), ...hold, ...resume, bye(), receive(200)),
      rtpPort: peer.port,
    });
    await caller.succeeded();
    expect(await caller.messages()).toMatch(/a=sendrecv[\s\S]*a=recvonly[\s\S]*a=sendrecv/);
    // The stream went on after a pause of a second, whose time its timestamps count and its sequence numbers don't.
    const resumed = peer.heard.findIndex(({ isMarked }, index) => isMarked && index > 0);
    const [before, after] = [peer.heard[resumed - 1], peer.heard[resumed]];
    expect(((after?.sequenceNumber ?? 0) - (before?.sequenceNumber ?? 0)) & 0xffff).toBe(1);
    expect(((after?.timestamp ?? 0) - (before?.timestamp ?? 0)) >>> 0).toBeGreaterThan(160 * 20);
  });

  it('answers what it is asked outside of calls', async () => {
    const outside = { isInDialog: false, cseq: 1 };
    const asked = [
      [other('OPTIONS', outside), 200],
      [other('REGISTER', outside), 405],
      [other('BYE', outside), 481],
    ] as const;
    for (const [question, status] of asked) {
      const caller = await call('+12025550100', { scenario: scenario(question, receive(status)) });
      await caller.succeeded();
    }
  });
});
