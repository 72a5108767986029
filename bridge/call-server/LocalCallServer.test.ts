import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { gatewaySchema, ruleSchema } from '../../shared/admin/index.ts';
import type { CallId, CallServerId, DeviceId, UserId } from '../../shared/domain/index.ts';
import { DialbridgeError } from '../../shared/errors/index.ts';
import { FakeClock } from '../observability/FakeClock.ts';
import { RecordingLogger } from '../observability/RecordingLogger.ts';
import { type CallClosing, type CallOpening, MemoryUsageStore } from '../storage/index.ts';
import { MemoryCollection } from '../storage/memory/index.ts';
import type { CallClient } from './CallServer.ts';
import { ConnectedDevices } from './ConnectedDevices.ts';
import { CallDirector, CallLimits } from './call-director/index.ts';
import { createAuthorizer } from './call-director/testing/createAuthorizer.ts';
import { FakeIncomingSipCall } from './call-handler/fakes/FakeIncomingSipCall.ts';
import { FakeMediaSession } from './call-handler/fakes/FakeMediaSession.ts';
import { FakeSip } from './call-handler/fakes/FakeSip.ts';
import type { CallHandler } from './call-handler/index.ts';
import { browserQuality } from './call-quality/testing/browserQuality.ts';
import { HandOver } from './hand-over/index.ts';
import { Availabilities, type IncomingCallsEvents, type KeptAvailability } from './incoming/index.ts';
import { LocalCallServer } from './LocalCallServer.ts';
import { callClient } from './testing/callClient.ts';

const callId = 'call-0001' as CallId;
const client = (userName: string, deviceId: string): CallClient =>
  callClient(userName, { deviceId: deviceId as DeviceId });
const alice = client('alice', 'd1');
const dial = (destination = '(202) 555-0100') => ({ messageId: 'message-1', callId, destination, offer: 'v=0 offer' });

/** What rings is led by the test; what it is asked is in `asked`. */
class FakeIncomingCalls extends EventEmitter<IncomingCallsEvents> {
  readonly asked: string[] = [];

  ringingAt({ deviceId }: CallClient) {
    this.asked.push(`ringing at ${deviceId}`);
    return [];
  }

  async answer(): Promise<never> {
    throw new DialbridgeError('callTaken');
  }

  decline({ deviceId }: CallClient): void {
    this.asked.push(`declined on ${deviceId}`);
  }

  silence(userId: UserId): void {
    this.asked.push(`silence for ${userId}`);
  }

  release(): void {
    this.asked.push('release');
  }

  replace(handler: CallHandler): void {
    this.asked.push(`replace ${handler.status.callId}`);
  }
}

describe('LocalCallServer', () => {
  let clock: FakeClock;
  let sip: FakeSip;
  let sessions: FakeMediaSession[];
  let openings: CallOpening[];
  let closings: CallClosing[];
  let suspected: string[];
  let hasGateway: boolean;
  let director: CallDirector;
  let server: LocalCallServer;
  let devices: ConnectedDevices;
  let incoming: FakeIncomingCalls;
  let registered: string[];
  let reported: string[];

  beforeEach(async () => {
    clock = new FakeClock();
    sip = new FakeSip();
    sessions = [];
    openings = [];
    closings = [];
    suspected = [];
    hasGateway = true;
    const rules = [
      ruleSchema.parse({ id: 'premium', action: 'deny', to: { prefix: '+1900' } }),
      ruleSchema.parse({ id: 'us', order: 1, action: 'allow', to: { prefix: '+1' } }),
    ];
    const gateway = gatewaySchema.parse({ id: 'gw1', host: '127.0.0.1' });
    director = new CallDirector(
      {
        sip,
        relay: {
          createSession: () => {
            const session = new FakeMediaSession();
            sessions.push(session);
            return session;
          },
          join: async () => undefined,
        },
        newId: () => 'further-1',
        log: {
          requested: (opening) => {
            openings.push(opening);
          },
          event: () => undefined,
          progressed: () => undefined,
          ended: (_, closing) => {
            closings.push(closing);
          },
        },
        authorizer: createAuthorizer({ clock, rules }),
        limits: await CallLimits.create(
          { usage: new MemoryUsageStore(), clock, logger: new RecordingLogger() },
          { callServerId: 's1' as CallServerId },
        ),
        proxyServer: {
          select: async () => ({
            ...{ candidates: hasGateway ? [gateway] : [], steps: [], routeId: null },
            strategy: 'priority',
          }),
          claim: async () => 'claimed' as const,
          release: () => undefined,
          report: (report) => {
            if (report.kind === 'failed' && report.isSilent) suspected.push(report.gatewayId);
          },
        },
        clock,
        logger: new RecordingLogger(),
      },
      {
        callServerId: 's1' as CallServerId,
        ringTimeoutMs: 60_000,
        firstResponseTimeoutMs: 1500,
        progressTimeoutMs: 20_000,
        reconnectWindowMs: 30_000,
        directConnectMs: 4000,
        maxDurationMs: 3_600_000,
        dtmf: { durationMs: 120, gapMs: 80 },
        callerNumber: null,
      },
    );
    devices = new ConnectedDevices();
    incoming = new FakeIncomingCalls();
    registered = [];
    reported = [];
    server = new LocalCallServer({
      ...{ director, devices, incoming },
      registrations: {
        connected: ({ deviceId }, clientName) => void registered.push(`${deviceId} connected with ${clientName}`),
        gone: ({ deviceId }) => void registered.push(`${deviceId} gone`),
      },
      availabilities: new Availabilities({ availabilities: new MemoryCollection<KeptAvailability>() }),
      handOver: new HandOver({ director, devices, clock, randomBytes: (size) => new Uint8Array(size) }),
      qualities: { reported: (id, { codec }) => void reported.push(`${id} ${codec}`) },
      checks: {
        start: async (_client, checkId, offer) => ({ answer: `echo of ${offer} for ${checkId}`, endsAtMs: 1 }),
        end: async (_client, checkId) => void reported.push(`${checkId} ended`),
        gone: ({ deviceId }) => void reported.push(`${deviceId} checks no more`),
      },
    });
  });

  it('hands on the quality of a call from the device that has it, and of no other', async () => {
    await server.dial(alice, dial());
    const report = { messageId: 'm', callId, quality: browserQuality({ codec: 'opus' }) };
    await server.reportQuality(alice, report);
    expect(reported).toEqual(['call-0001 opus']);
    await expect(server.reportQuality(client('alice', 'd2'), report)).rejects.toThrow('not there');
    await expect(server.reportQuality(client('bob', 'd1'), report)).rejects.toThrow('not there');
    expect(reported).toHaveLength(1);
  });

  it('begins and ends echo tests, and ends those of a device that goes', async () => {
    const channel = { notify: () => undefined };
    server.attach(alice, channel);
    const request = { messageId: 'm', checkId: 'c1', offer: 'v=0' };
    expect(await server.startCheck(alice, request)).toMatchObject({ answer: 'echo of v=0 for c1' });
    await server.endCheck(alice, 'c1');
    server.detach(alice, channel);
    expect(reported).toEqual(['c1 ended', 'd1 checks no more']);
  });

  it('dials an allowed number in E.164 and answers with the offer’s answer', async () => {
    const ack = await server.dial(alice, dial());
    await clock.advanceAsync(0);
    expect(ack).toMatchObject({ answer: 'answer to v=0 offer', status: { calledNumber: '+12025550100' } });
    expect(sip.last.request.calledNumber).toBe('+12025550100');
    expect(openings).toMatchObject([{ callId, userId: 'alice', calledNumber: '+12025550100' }]);
  });

  it.each([
    ['+49 30 123456', 'noRuleAllows', 'refused'],
    ['+1 900 555 1234', 'ruleDenies', 'refused'],
    ['not a number', 'notAPhoneNumber', 'refused'],
  ])('refuses %s with %s, keeps a record of it and asks no gateway', async (destination, code, outcome) => {
    await expect(server.dial(alice, dial(destination))).rejects.toMatchObject({ code });
    expect(sip.calls).toHaveLength(0);
    expect(openings).toHaveLength(1);
    expect(closings).toMatchObject([{ outcome, errorCode: code, disconnectedBy: 'bridge' }]);
  });

  it('says so when no gateway serves the number', async () => {
    hasGateway = false;
    await expect(server.dial(alice, dial())).rejects.toMatchObject({ code: 'noGatewayForNumber' });
    expect(closings).toMatchObject([{ outcome: 'unreachable' }]);
  });

  it('has a gateway looked at that did not answer a call, and not one that did', async () => {
    await server.dial(alice, dial());
    await clock.advanceAsync(0);
    sip.last.emit('failed', { kind: 'transport', reason: 'refused' });
    await clock.advanceAsync(0);
    expect(suspected).toEqual(['gw1']);
    await server.dial(alice, { ...dial(), callId: 'call-0002' as CallId });
    await clock.advanceAsync(0);
    sip.last.fail(503);
    await clock.advanceAsync(0);
    expect(suspected).toEqual(['gw1']);
  });

  it('knows a call only by its own user and device', async () => {
    await server.dial(alice, dial());
    for (const stranger of [client('bob', 'd1'), client('alice', 'd2')]) {
      await expect(server.sendDtmf(stranger, callId, '1')).rejects.toMatchObject({ code: 'callNotFound' });
      await server.hangUp(stranger, callId);
    }
    expect(director.activeCalls).toBe(1);
  });

  it('refuses the same call id twice, also when its call has ended', async () => {
    const first = server.dial(alice, dial());
    await expect(server.dial(alice, dial())).rejects.toMatchObject({ code: 'conflict' });
    await first;
    await server.hangUp(alice, callId);
    await clock.advanceAsync(0);
    expect(director.activeCalls).toBe(0);
    await expect(server.dial(alice, dial())).rejects.toMatchObject({ code: 'conflict' });
  });

  it('hangs up a call that is still being decided on', async () => {
    const dialed = server.dial(alice, dial());
    await server.hangUp(alice, callId);
    await expect(dialed).rejects.toBeInstanceOf(DialbridgeError);
    expect(sip.calls).toHaveLength(0);
    expect(closings).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('takes the hang-up of a call that has gone for done', async () => {
    await expect(server.hangUp(alice, 'gone-call' as CallId)).resolves.toBeUndefined();
  });

  it('gives a device that comes back its calls and sends it their news', async () => {
    const heard: string[] = [];
    const first = { notify: () => undefined };
    server.attach(alice, first);
    await server.dial(alice, dial());
    server.detach(alice, first);
    const { calls } = server.attach(alice, { notify: (name) => heard.push(name) });
    expect(calls).toMatchObject([{ callId }]);
    await server.setMuted(alice, callId, true);
    expect(heard).toEqual(['call:resumeKey', 'call:status']);
  });

  it('does not take the end of a replaced connection for the loss of its device', async () => {
    const [first, second] = [{ notify: () => undefined }, { notify: () => undefined }];
    server.attach(alice, first);
    await server.dial(alice, dial());
    sessions[0]?.emit('browserConnected');
    server.attach(alice, second);
    server.detach(alice, first);
    await clock.advanceAsync(1000);
    sip.last.emit('trying');
    sip.last.emit('answered', { sdp: 'sdp' });
    await clock.advanceAsync(60_000);
    expect(director.activeCalls).toBe(1);
  });

  it('hangs up the calls of those whose rights have ended, connected or not, and no others', async () => {
    const channel = { notify: () => undefined };
    server.attach(alice, channel);
    await server.dial(alice, dial());
    server.detach(alice, channel);
    server.release(({ familyId }) => familyId === 'f2');
    expect(director.activeCalls).toBe(1);
    server.release(({ familyId }) => familyId === alice.familyId);
    await clock.advanceAsync(0);
    expect(director.activeCalls).toBe(0);
    expect(closings).toMatchObject([{ outcome: 'cancelled', disconnectedBy: 'caller' }]);
  });

  it('rings nobody for a call that was still being decided on when the rights of its caller ended', async () => {
    const dialing = server.dial(alice, dial());
    server.release(() => true);
    await expect(dialing).rejects.toMatchObject({ code: 'callEnded' });
    expect(sip.calls).toEqual([]);
    expect(director.activeCalls).toBe(0);
  });

  it('ends every call when it closes, and takes no new one', async () => {
    await server.dial(alice, dial());
    await director.close();
    expect(director.activeCalls).toBe(0);
    expect(sessions.every(({ isClosed }) => isClosed)).toBe(true);
    await expect(server.dial(alice, dial())).rejects.toMatchObject({ code: 'goingAway' });
  });

  it('registers a device while its connection is the one that counts', () => {
    const [first, second] = [{ notify: () => undefined }, { notify: () => undefined }];
    server.attach(alice, first);
    server.attach(alice, second);
    server.detach(alice, first);
    server.detach(alice, second);
    expect(registered).toEqual(['d1 connected with test', 'd1 connected with test', 'd1 gone']);
    expect(incoming.asked).toEqual(['ringing at d1', 'ringing at d1']);
  });

  it('has a call that was taken among the calls of who took it', async () => {
    await server.dial(alice, dial());
    const handler = director.handler(alice, callId);
    const taken = 'incoming-1' as CallId;
    incoming.emit('taken', taken, handler);
    await server.setMuted(alice, taken, true);
    expect(director.handler(alice, taken).status.isMuted).toBe(true);
    await expect(server.sendDtmf(client('bob', 'd1'), taken, '1')).rejects.toMatchObject({ code: 'callNotFound' });
  });

  it('keeps who doesn’t want to be disturbed, silences what rings and tells their other devices alone', async () => {
    const heard: string[] = [];
    const channel = (who: string) => ({
      notify: (name: string, payload: unknown) => heard.push(`${who} ${name} ${JSON.stringify(payload)}`),
    });
    for (const one of [alice, client('alice', 'd2'), client('bob', 'd1')])
      server.attach(one, channel(`${one.user.id}/${one.deviceId}`));
    const request = { messageId: 'message-1' };
    expect(await server.setAvailability(alice, { ...request, isDoNotDisturb: true })).toEqual({
      isDoNotDisturb: true,
      hasCallWaiting: true,
    });
    expect(heard.filter((line) => line.includes('session:'))).toEqual([
      'alice/d2 session:availabilityChanged {"isDoNotDisturb":true,"hasCallWaiting":true}',
    ]);
    expect(incoming.asked).toContain('silence for alice');
    await server.setAvailability(alice, { ...request, hasCallWaiting: false });
    expect(await server.availabilityOf(alice.user.id)).toEqual({ isDoNotDisturb: true, hasCallWaiting: false });
    expect(await server.availabilityOf('bob' as UserId)).toEqual({ isDoNotDisturb: false, hasCallWaiting: true });
  });

  it('refuses an INVITE that replaces no dialog of a call here (RFC 3891 section 3)', () => {
    const call = new FakeIncomingSipCall({ replaces: { callId: 'x', localTag: 'y', remoteTag: 'z' } });
    incoming.emit('replacing', call, gatewaySchema.parse({ id: 'gw1', host: '127.0.0.1' }));
    expect(call.said).toEqual(['481']);
    expect(incoming.asked).toEqual([]);
  });

  it('keeps nothing for visitors, who are never rung', async () => {
    const visitor = callClient('visitor', {
      entry: { kind: 'embedKey', embedKeyId: 'k1' as never, origin: 'https://a.example' },
    });
    await expect(
      server.setAvailability(visitor, { messageId: 'message-1', isDoNotDisturb: true }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
