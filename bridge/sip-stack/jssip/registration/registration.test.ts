import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createResponse, parseParams, type SipRequest, serializeMessage } from '../../message/index.ts';
import type { SipPeer, SipRegistration } from '../../port/index.ts';
import { RawPeer } from '../../transport/testing/RawPeer.ts';
import { drained } from '../testing/drained.ts';
import { type Bench, makeStack, peerAt } from '../testing/makeStack.ts';

let bench: Bench;
let states: string[];

beforeEach(async () => {
  bench = await makeStack('udp');
  states = [];
});

afterEach(async () => {
  await bench.close();
});

const TRUNK = { userName: 'trunk', password: 'secret', authUserName: 'trunk-auth' };

function register(peer: SipPeer = bench.gateway, expiresSeconds = 3600): SipRegistration {
  const registration = bench.stack.register(peer, { expiresSeconds });
  registration.on('changed', ({ state, problem }) => states.push(problem === null ? state : `${state}: ${problem}`));
  return registration;
}

/** The `count`-th REGISTER, and how to answer it. */
async function asked(count = 1) {
  const { request, reply } = await bench.peer.request('REGISTER', count);
  return {
    request,
    answer: (status: number, headers: [string, string][] = []) =>
      reply(serializeMessage(createResponse(request, { status, toTag: 'registrar', headers }))),
    /** 200 with our Contact as it came and the time granted. */
    grant: (seconds: number, headers: [string, string][] = []) => {
      const contact = (request.headers.get('Contact') ?? '').replace(/;expires=\d+/, `;expires=${seconds}`);
      const others: [string, string][] = [['Contact', '<sip:other@192.0.2.9>;expires=7']];
      reply(
        serializeMessage(
          createResponse(request, { status: 200, toTag: 'r', headers: [...others, ['Contact', contact], ...headers] }),
        ),
      );
    },
  };
}

const count = () => bench.peer.requests('REGISTER').length;
const sawState = (state: string) => expect.poll(() => states.at(-1), { interval: 5 }).toBe(state);

describe('a registration', () => {
  test('tells the registrar who and where we are', async () => {
    const registration = register({ ...bench.gateway, credentials: TRUNK });
    expect(registration.state).toEqual({ state: 'trying', expiresAtMs: null, problem: null });
    const { request, grant } = await asked();
    expect(request.uri).toBe(`sip:127.0.0.1:${bench.peer.port}`);
    expect(request.headers.get('To')).toBe('<sip:trunk@127.0.0.1>');
    expect(request.headers.get('From')).toMatch(/^<sip:trunk@127\.0\.0\.1>;tag=\w+$/);
    expect(request.headers.get('Contact')).toBe(`<sip:trunk@127.0.0.1:${bench.port}>;expires=3600`);
    grant(600);
    await sawState('registered');
    expect(registration.state).toEqual({
      state: 'registered',
      expiresAtMs: bench.clock.now() + 600_000,
      problem: null,
    });
  });

  test('is refreshed between half and nine tenths of the time that the registrar granted', async () => {
    register();
    (await asked()).grant(100);
    await sawState('registered');
    bench.clock.advance(49_999);
    await drained(bench);
    expect(count()).toBe(1);
    bench.clock.advance(40_002);
    const second = await asked(2);
    expect(second.request.headers.get('Call-ID')).toBe(bench.peer.requests('REGISTER')[0]?.headers.get('Call-ID'));
    expect(second.request.headers.get('CSeq')).toBe('2 REGISTER');
    second.grant(100);
    await expect.poll(() => states, { interval: 5 }).toEqual(['registered', 'registered']);
  });

  test('goes by the Expires header where our Contact has no time of its own', async () => {
    const registration = register();
    const { request, answer } = await asked();
    const contact = (request.headers.get('Contact') ?? '').replace(/;expires=\d+/, '');
    answer(200, [
      ['Contact', contact],
      ['Expires', '60'],
    ]);
    await sawState('registered');
    expect(registration.state.expiresAtMs).toBe(bench.clock.now() + 60_000);
  });

  test('is asked for at once when somebody found that it was lost', async () => {
    const registration = register();
    registration.refresh();
    (await asked()).grant(600);
    await sawState('registered');
    expect(count()).toBe(1);
    registration.refresh();
    (await asked(2)).grant(600);
  });

  test('asks for longer where the registrar wants it', async () => {
    register(bench.gateway, 60);
    (await asked()).answer(423, [['Min-Expires', '300']]);
    const second = await asked(2);
    expect(second.request.headers.get('Expires')).toBe('300');
    second.grant(300);
    await sawState('registered');
  });

  test('answers a challenge with the name for the digest, and goes on with its nonce', async () => {
    register({ ...bench.gateway, credentials: TRUNK });
    (await asked()).answer(401, [['WWW-Authenticate', 'Digest realm="reg", nonce="n1", qop="auth", algorithm=MD5']]);
    const second = await asked(2);
    expect(proves(second.request, TRUNK.password)).toBe(true);
    expect(second.request.headers.get('Authorization')).toContain('username="trunk-auth"');
    second.grant(600);
    await sawState('registered');
    bench.clock.advance(540_000);
    const third = await asked(3);
    expect(third.request.headers.get('Authorization')).toContain('nc=00000002');
    third.grant(600);
  });
});

describe('a registration that fails', () => {
  test.each([
    [403, 'failed: the gateway forbids the registration (403 Forbidden)'],
    [404, 'failed: the gateway does not know our user name (404 Not Found)'],
    [500, 'failed: the gateway refused (500 Server Internal Error)'],
    [302, 'failed: the gateway wants us to register elsewhere (302 Unknown)'],
    [401, 'failed: the gateway asks for a user name and a password, and none are set'],
  ])('says why in plain words: %s', async (status, state) => {
    const registration = register();
    (await asked()).answer(status, status === 401 ? [['WWW-Authenticate', 'Digest realm="r", nonce="n"']] : []);
    await sawState(state);
    expect(registration.state.expiresAtMs).toBeNull();
  });

  test('says that the password is wrong, and tries it anew later', async () => {
    register({ ...bench.gateway, credentials: TRUNK });
    const challenge: [string, string][] = [['WWW-Authenticate', 'Digest realm="r", nonce="n"']];
    (await asked()).answer(401, challenge);
    (await asked(2)).answer(401, challenge);
    await sawState('failed: the gateway does not accept our user name or password');
    bench.clock.advance(5000);
    (await asked(3)).answer(401, challenge);
    (await asked(4)).grant(60);
    await sawState('registered');
  });

  test('is tried again after 5 s, doubling, each time with half of that by chance', async () => {
    register();
    for (const [before, longestMs] of [5000, 10_000, 20_000].entries()) {
      (await asked(before + 1)).answer(403);
      await drained(bench);
      bench.clock.advance(longestMs / 2 - 1);
      await drained(bench);
      expect(count()).toBe(before + 1);
      bench.clock.advance(longestMs / 2 + 1);
      await bench.peer.request('REGISTER', before + 2);
    }
  });

  test('comes back no sooner than Retry-After says', async () => {
    register();
    (await asked()).answer(503, [['Retry-After', '120']]);
    await sawState('failed: the gateway can’t register anybody now (503 Service Unavailable)');
    bench.clock.advance(119_999);
    await drained(bench);
    expect(count()).toBe(1);
    bench.clock.advance(1);
    await asked(2);
  });

  test('goes to the next place when the first is silent', async () => {
    const silent = await RawPeer.udp();
    const { addresses } = peerAt({ host: '127.0.0.1', port: silent.port, transport: 'udp' });
    register({ ...bench.gateway, addresses: [...addresses, ...bench.gateway.addresses] });
    await silent.request('REGISTER');
    bench.clock.advance(8000);
    (await asked()).grant(60);
    await sawState('registered');
    await silent.close();
  });

  test('still knows how long the registrar has us when it falls silent, and when that is over', async () => {
    const registration = register();
    (await asked()).grant(100);
    await sawState('registered');
    const { expiresAtMs } = registration.state;
    bench.clock.advance(90_001);
    await asked(2);
    bench.clock.advance(8000);
    await sawState('failed: the gateway did not answer');
    expect(registration.state.expiresAtMs).toBe(expiresAtMs);
    bench.clock.advance(1999);
    await expect.poll(() => registration.state.expiresAtMs, { interval: 5 }).toBeNull();
  });
});

describe('the end of a registration', () => {
  test('takes our Contact away and waits for the answer', async () => {
    const registration = register();
    (await asked()).grant(60);
    await sawState('registered');
    const closing = registration.close();
    const { request, answer } = await asked(2);
    expect(request.headers.get('Expires')).toBe('0');
    expect(request.headers.get('Contact')).toContain(';expires=0');
    answer(200);
    await closing;
    expect(registration.close()).toBe(closing);
    registration.refresh();
    bench.clock.advance(100_000);
    expect(bench.stack.holdings()).toMatchObject({ clientTransactions: 0, timers: 0 });
    await drained(bench);
    expect(count()).toBe(2);
  });

  test('waits 2 s at most', async () => {
    const registration = register();
    (await asked()).grant(60);
    await sawState('registered');
    const closing = registration.close();
    await asked(2);
    bench.clock.advance(2000);
    await closing;
  });

  test('says nothing where the registrar never knew us', async () => {
    const registration = register();
    (await asked()).answer(403);
    await sawState('failed: the gateway forbids the registration (403 Forbidden)');
    await registration.close();
    expect(count()).toBe(1);
  });

  test('leaves the Contact to a newer registration of the same gateway', async () => {
    const first = register();
    (await asked()).grant(60);
    await sawState('registered');
    register({ ...bench.gateway, credentials: TRUNK });
    (await asked(2)).grant(60);
    await first.close();
    await drained(bench);
    expect(count()).toBe(2);
  });
});

test('calls go by the Service-Route of the registrar, after the outbound proxy', async () => {
  const peer: SipPeer = {
    ...bench.gateway,
    outboundProxy: { host: '127.0.0.1', port: bench.peer.port, transport: 'udp' },
  };
  register(peer);
  (await asked()).grant(60, [['Service-Route', '<sip:192.0.2.7;lr>, <sip:192.0.2.8;lr>']]);
  await sawState('registered');
  bench.dial({ peer });
  const { request } = await bench.peer.request('INVITE');
  expect(request.headers.all('Route')).toEqual([
    `<sip:127.0.0.1:${bench.peer.port};lr>`,
    '<sip:192.0.2.7;lr>',
    '<sip:192.0.2.8;lr>',
  ]);
});

/** Whether the digest of a request was made with this password. */
function proves(request: SipRequest, password: string): boolean {
  const header = (request.headers.get('Authorization') ?? '').replace(/^Digest /, '').replaceAll(', ', ';');
  const text = (name: string) => parseParams(header)?.get(name)?.replace(/^"|"$/g, '') ?? '';
  const md5 = (value: string) => createHash('md5').update(value).digest('hex');
  const secret = md5(`${text('username')}:${text('realm')}:${password}`);
  const what = md5(`${request.method}:${text('uri')}`);
  return text('response') === md5([secret, text('nonce'), text('nc'), text('cnonce'), text('qop'), what].join(':'));
}
