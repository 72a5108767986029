import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { protocolVersion, requests } from '../../shared/protocol/index.ts';
import { GatewayFixture, sdp, type TestClient } from './testing/gatewayFixture.ts';

const names = Object.keys(requests);

/** Payloads that are nearly right, so that they get past the first checks. */
const nearlyRight = fc.record(
  {
    messageId: fc.oneof(fc.string({ minLength: 8, maxLength: 64 }), fc.anything({ maxDepth: 1 })),
    callId: fc.oneof(fc.string({ minLength: 1, maxLength: 100 }), fc.anything({ maxDepth: 1 })),
    destination: fc.oneof(fc.string(), fc.jsonValue()),
    offer: fc.oneof(fc.constant(sdp), fc.string(), fc.jsonValue()),
    digits: fc.oneof(fc.string(), fc.constant('159#')),
    isMuted: fc.oneof(fc.boolean(), fc.jsonValue()),
    candidates: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
    accessToken: fc.oneof(fc.string(), fc.jsonValue()),
    protocolVersion: fc.oneof(fc.constant(protocolVersion), fc.integer(), fc.jsonValue()),
    deviceId: fc.oneof(fc.string(), fc.jsonValue()),
    ['__proto__']: fc.jsonValue(),
    constructor: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const payload = fc.oneof(
  nearlyRight,
  fc.jsonValue(),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.record({ messageId: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)), callId: fc.jsonValue() }),
  fc.string({ minLength: 5000, maxLength: 20_000 }),
);
// Names that socket.io keeps for itself can't be sent by its client.
const reserved = new Set(['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']);
const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...names) },
  fc.constantFrom('toString', '__proto__', 'hasOwnProperty', 'session:', ':', '', 'call:dial\r\n'),
  fc.string({ maxLength: 100 }).filter((text) => !reserved.has(text)),
);
const message = fc.record({ name, args: fc.array(payload, { maxLength: 3 }), hasAck: fc.boolean() });

/** What a client can't send but a program with a socket can: broken frames of Engine.IO and Socket.IO. */
const deep = `${'['.repeat(40_000)}${']'.repeat(40_000)}`;
const frame = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ maxLength: 100 }).map((text) => `42${text}`),
  fc.jsonValue().map((json) => `42${JSON.stringify(json)}`),
  fc.tuple(fc.integer({ min: -1, max: 9 }), fc.string({ maxLength: 40 })).map(([type, text]) => `4${type}${text}`),
  fc.constantFrom(
    '42["connect"]',
    '42[1,{}]',
    '42["call:dial"',
    '4511-["x",{"_placeholder":true,"num":99}]',
    `42["x",${deep}]`,
  ),
  fc.constantFrom(
    `451-["x",${deep}]`,
    '45-1-[]',
    '459999999999-["x"]',
    '40/other,{}',
    '41',
    '43[]',
    '1',
    '6',
    '\u0000',
  ),
  fc.uint8Array({ maxLength: 200 }),
);

describe('malformed messages', () => {
  let fixture: GatewayFixture;
  let bystander: TestClient;

  beforeAll(async () => {
    fixture = await GatewayFixture.start({ rate: { burst: 100_000, perSecond: 100_000 } });
    bystander = await fixture.enter('bystander');
  });
  afterAll(() => fixture.close());

  async function expectUnharmed(): Promise<void> {
    expect(await bystander.ask('session:ping')).toMatchObject({ ok: true });
    expect(bystander.socket.connected).toBe(true);
  }

  it('by the thousand are each refused in words, before and after hello, and another client goes on', async () => {
    let sent = 0;
    let acked = 0;
    const codes = new Set<string>();
    const stranger = await fixture.connect();
    const guest = await fixture.enter('guest');
    await fc.assert(
      fc.asyncProperty(message, fc.boolean(), async (generated, isKnown) => {
        const client = isKnown ? guest : stranger;
        sent += 1;
        if (!generated.hasAck) {
          client.socket.emit(generated.name, ...generated.args);
          return;
        }
        const answer = await client.raw(generated.name, ...generated.args);
        acked += 1;
        if (!answer.ok) codes.add(answer.error.code);
        // A generated message may happen to be right; then only the fake call server or a ping answers it.
        else expect(names).toContain(generated.name);
      }),
      { numRuns: 1500 },
    );
    expect(sent).toBeGreaterThanOrEqual(1500);
    expect(acked).toBeGreaterThan(500);
    expect([...codes].toSorted()).toEqual(expect.arrayContaining(['badRequest', 'unknownMessage']));
    expect(codes).not.toContain('internal');
    expect(fixture.logger.lines.filter((line) => line.level === 'error')).toEqual([]);
    expect(await guest.ask('session:ping')).toMatchObject({ ok: true });
    await expectUnharmed();
  }, 60_000);

  it('below the protocol, as broken frames, end at most their own connection', async () => {
    const url = `${fixture.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    await fc.assert(
      fc.asyncProperty(
        fc.array(frame, { minLength: 3, maxLength: 12 }),
        fc.boolean(),
        async (frames, connectsFirst) => {
          const socket = new WebSocket(url);
          const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
          await new Promise<void>((resolve) => socket.addEventListener('open', () => resolve()));
          if (connectsFirst) socket.send('40');
          for (const each of frames) {
            if (typeof each === 'string') socket.send(each);
            else socket.send(Uint8Array.from(each));
          }
          socket.close();
          await closed;
          await expectUnharmed();
        },
      ),
      { numRuns: 60 },
    );
    await expectUnharmed();
  }, 60_000);
});
