import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SipResponse } from '../../message/index.ts';
import { Caller } from '../testing/Caller.ts';
import { type Bench, makeStack } from '../testing/makeStack.ts';

let bench: Bench;
let caller: Caller;

beforeEach(async () => {
  bench = await makeStack('udp');
  caller = new Caller(bench);
  const elsewhere = { host: '192.0.2.1', port: 5060, transport: 'udp' } as const;
  const incoming = (userName: string, password: string) => ({
    addresses: [],
    credentials: { userName, password },
  });
  bench.stack.setPeers([
    { ...bench.gateway, id: 'roaming', addresses: [elsewhere], incoming: incoming('carrier', 'right') },
    { ...bench.gateway, id: 'other', addresses: [elsewhere], incoming: incoming('other', 'else') },
  ]);
});

afterEach(async () => {
  await bench.close();
});

const URI = 'sip:+12025550199@bridge.example';

interface Proof {
  readonly algorithm?: 'SHA-256' | 'MD5';
  readonly password?: string;
  readonly userName?: string;
  readonly count?: number;
  readonly uri?: string;
  readonly nonce?: string;
}

/** The Authorization header that meets a challenge. */
function authorization(challenge: SipResponse, proof: Proof = {}): string {
  const { algorithm = 'SHA-256', password = 'right', userName = 'carrier', count = 1, uri = URI } = proof;
  const nonce = proof.nonce ?? /nonce="([^"]+)"/.exec(challenge.headers.get('WWW-Authenticate') ?? '')?.[1] ?? '';
  const hash = (text: string) =>
    createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const nc = count.toString(16).padStart(8, '0');
  const secret = hash(`${userName}:dialbridge:${password}`);
  const response = hash(`${secret}:${nonce}:${nc}:abc:auth:${hash(`INVITE:${uri}`)}`);
  return (
    `Authorization: Digest username="${userName}", realm="dialbridge", nonce="${nonce}", uri="${uri}", ` +
    `response="${response}", algorithm=${algorithm}, qop=auth, nc=${nc}, cnonce="abc"`
  );
}

let sequence = 10;

async function challenged(): Promise<SipResponse> {
  const before = bench.peer.responses(401).length;
  sequence += 1;
  caller.send(caller.invite({ uri: URI, cseq: sequence, callId: 'ask' }));
  return caller.response(401, before + 1);
}

/** The status of the first answer to an INVITE with this header. */
async function statusOf(header: string, uri = URI): Promise<number> {
  const before = bench.peer.responses().length;
  sequence += 1;
  caller.send(caller.invite({ uri, cseq: sequence, callId: `try${sequence}`, headers: [header] }));
  await bench.peer.until(() => bench.peer.responses().length > before);
  return bench.peer.responses()[before]?.status ?? 0;
}

describe('a caller from an unknown address', () => {
  test('is asked by SHA-256 and MD5, and nothing is kept of it', async () => {
    const challenge = await challenged();
    expect(challenge.headers.all('WWW-Authenticate')).toEqual([
      expect.stringMatching(/^Digest realm="dialbridge", nonce="[^"]+", qop="auth", algorithm=SHA-256$/),
      expect.stringMatching(/^Digest realm="dialbridge", nonce="[^"]+", qop="auth", algorithm=MD5$/),
    ]);
    expect(caller.calls).toHaveLength(0);
    expect(bench.stack.holdings()).toMatchObject({ serverTransactions: 0, timers: 0, calls: 0 });
  });

  test.each(['SHA-256', 'MD5'] as const)('calls as the gateway whose password it proves by %s', async (algorithm) => {
    expect(await statusOf(authorization(await challenged(), { algorithm }))).toBe(100);
    expect(caller.calls[0]?.call.peerId).toBe('roaming');
    const proof = { algorithm, userName: 'other', password: 'else' };
    expect(await statusOf(authorization(await challenged(), proof))).toBe(100);
    expect(caller.calls[1]?.call.peerId).toBe('other');
    for (const { call } of caller.calls) call.reject({ status: 486 });
  });

  test('may use a nonce again with a higher count only', async () => {
    const challenge = await challenged();
    expect(await statusOf(authorization(challenge, { count: 2 }))).toBe(100);
    for (const count of [2, 1]) {
      expect(await statusOf(authorization(challenge, { count }))).toBe(401);
      expect(bench.peer.responses(401).at(-1)?.headers.get('WWW-Authenticate')).toContain('stale=true');
    }
    expect(await statusOf(authorization(challenge, { count: 3 }))).toBe(100);
    for (const { call } of caller.calls) call.reject({ status: 486 });
  });

  test('may answer within five minutes', async () => {
    const challenge = await challenged();
    bench.clock.advance(299_999);
    expect(await statusOf(authorization(challenge, { count: 1 }))).toBe(100);
    bench.clock.advance(1);
    expect(await statusOf(authorization(challenge, { count: 2 }))).toBe(401);
    expect(bench.peer.responses(401).at(-1)?.headers.get('WWW-Authenticate')).toContain('stale=true');
    for (const { call } of caller.calls) call.reject({ status: 486 });
  });

  test('is asked anew for a nonce that we never made, or that was changed', async () => {
    const challenge = await challenged();
    const nonce = /nonce="([^"]+)"/.exec(challenge.headers.get('WWW-Authenticate') ?? '')?.[1] ?? '';
    const later = nonce.replace(/^[^.]+/, (time) => (Number.parseInt(time, 36) + 1).toString(36));
    for (const made of ['abc', later, `${nonce}x`, nonce.slice(0, -1)]) {
      expect(await statusOf(authorization(challenge, { nonce: made }))).toBe(401);
    }
    expect(caller.calls).toHaveLength(0);
  });

  test('proves one number only', async () => {
    const challenge = await challenged();
    const header = authorization(challenge);
    expect(await statusOf(header, 'sip:+19005550123@bridge.example')).toBe(403);
    // A proxy may have written another host.
    expect(await statusOf(header, 'sip:+12025550199@192.0.2.77:5066')).toBe(100);
    for (const { call } of caller.calls) call.reject({ status: 486 });
  });

  test('with a wrong password or name is refused, and slowed down after the fifth time', async () => {
    const challenge = await challenged();
    for (const proof of [{ password: 'wrong' }, { userName: 'nobody' }, { userName: 'other' }, { userName: '' }]) {
      expect(await statusOf(authorization(challenge, proof))).toBe(403);
    }
    // The fifth costs nothing yet, the sixth does.
    expect(await statusOf(authorization(challenge, { password: 'wrong' }))).toBe(403);
    expect(await statusOf(authorization(challenge, { password: 'wrong' }))).toBe(403);
    expect(await statusOf(authorization(challenge))).toBe(403);
    bench.clock.advance(2000);
    expect(await statusOf(authorization(challenge))).toBe(100);
    caller.calls[0]?.call.reject({ status: 486 });
    expect(caller.calls).toHaveLength(1);
  });

  test.each([
    'Authorization: Basic Y2FycmllcjpyaWdodA==',
    'Authorization: Digest',
    'Authorization: Digest username=',
    'Authorization: Digest username="carrier", realm="dialbridge", nonce="x", uri="sip:a", response="y", nc=zz, qop=auth',
    'Authorization: Digest realm="elsewhere", username="carrier"',
    `Authorization: Digest ${'username="carrier", '.repeat(200)}`,
  ])('is asked again for %j', async (header) => {
    expect(await statusOf(header)).toBe(401);
  });

  test('is refused where it is a gateway that may not call, and none may from elsewhere', async () => {
    bench.stack.setPeers([bench.gateway]);
    expect(await statusOf('Subject: x')).toBe(403);
  });
});
