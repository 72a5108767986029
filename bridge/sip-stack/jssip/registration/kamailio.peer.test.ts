import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IncomingSipCall, SipPeer, SipRegistration } from '../../port/index.ts';
import type { JsSipStack } from '../JsSipStack.ts';
import { HAS_KAMAILIO, Kamailio } from '../testing/Kamailio.ts';
import { makeRealStack } from '../testing/makeRealStack.ts';
import { ANSWER } from '../testing/makeStack.ts';
import { expectResponse, HAS_SIPP, request, Sipp } from '../testing/Sipp.ts';

let stack: JsSipStack;
let kamailio: Kamailio | null;
let sipp: Sipp | null;

beforeEach(async () => {
  kamailio = null;
  sipp = null;
  stack = await makeRealStack();
});

afterEach(async () => {
  await stack.close();
  await sipp?.close();
  await kamailio?.close();
});

const ACCOUNT = { userName: 'trunk', password: 'secret' };

async function trunkOf(algorithm: 'MD5' | 'SHA-256', credentials = ACCOUNT): Promise<SipPeer> {
  kamailio = await Kamailio.start({ algorithm, ...ACCOUNT });
  const { port } = kamailio;
  const addresses = [{ host: '127.0.0.1', port, transport: 'udp' }] as const;
  const peer = { id: 'trunk', addresses, domain: `127.0.0.1:${port}`, credentials, incoming: { addresses: [] } };
  stack.setPeers([peer]);
  return peer;
}

/** Resolves once it has this state. */
async function became(registration: SipRegistration, state: string): Promise<void> {
  while (registration.state.state !== state) await once(registration, 'changed');
}

/** Somebody at the telephone network calls through Kamailio. */
async function callThrough(steps: readonly string[]): Promise<void> {
  sipp = await Sipp.start({ transport: 'udp', steps, remotePort: kamailio?.port ?? 0 });
}

const ANSWERED = [
  request('INVITE', { sdp: true }),
  expectResponse(100, { isOptional: true }),
  expectResponse(180),
  expectResponse(200, { attributes: 'rrs="true"' }),
  request('ACK', { isInDialog: true }),
  request('BYE', { isInDialog: true, cseq: 2 }),
  expectResponse(200),
];

async function expectCallsToArrive(): Promise<void> {
  const called = once(stack.events, 'incomingCall');
  await callThrough(ANSWERED);
  const call = (await called)[0] as IncomingSipCall;
  expect(call).toMatchObject({ peerId: 'trunk', calledUser: 'trunk', toUser: '+12025550199' });
  call.ring();
  call.answer(ANSWER, { onRemoteOffer: async () => ANSWER });
  await once(call, 'ended');
  await sipp?.succeeded();
  await sipp?.close();
}

describe.skipIf(!HAS_KAMAILIO || !HAS_SIPP)(
  'Kamailio as registrar (install Debian’s kamailio where this is skipped)',
  () => {
    test.each(['MD5', 'SHA-256'] as const)('lets us register by %s and calls come', async (algorithm) => {
      const registration = stack.register(await trunkOf(algorithm), { expiresSeconds: 60 });
      await became(registration, 'registered');
      await expectCallsToArrive();
      await registration.close();
      await callThrough([request('INVITE', { sdp: true }), expectResponse(404), request('ACK')]);
      await sipp?.succeeded();
    });

    test('is told a wrong password', async () => {
      const registration = stack.register(await trunkOf('MD5', { ...ACCOUNT, password: 'wrong' }), {
        expiresSeconds: 60,
      });
      await became(registration, 'failed');
      expect(registration.state.problem).toBe('the gateway does not accept our user name or password');
    });

    test('that has lost us has us again at the next refresh', async () => {
      const registration = stack.register(await trunkOf('SHA-256'), { expiresSeconds: 4 });
      await became(registration, 'registered');
      await kamailio?.restart();
      await callThrough([request('INVITE', { sdp: true }), expectResponse(404), request('ACK')]);
      await sipp?.succeeded();
      await sipp?.close();
      await once(registration, 'changed');
      await became(registration, 'registered');
      await expectCallsToArrive();
    }, 30_000);

    test('that has lost us has us again as soon as somebody says so', async () => {
      const registration = stack.register(await trunkOf('MD5'), { expiresSeconds: 3600 });
      await became(registration, 'registered');
      await kamailio?.restart();
      registration.refresh();
      await once(registration, 'changed');
      expect(registration.state.state).toBe('registered');
      await expectCallsToArrive();
    }, 30_000);
  },
);
