import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallId } from '../../shared/domain/index.ts';
import { DialbridgeError, errorTextsDe, errorTextsEn, toWireError } from '../../shared/errors/index.ts';
import { type IncomingCall, requestTimeoutMs } from '../../shared/protocol/index.ts';
import { brand, GatewayFixture, sdp, statusOf } from './testing/gatewayFixture.ts';

const refused = (code: string) => expect.objectContaining({ ok: false, error: expect.objectContaining({ code }) });
const dialing = { callId: 'call-1', destination: '+1 202 555 0123', offer: sdp };
const ringing: IncomingCall = {
  ...{ callId: 'call-9' as CallId, callingNumber: '+442079460018', callingName: 'ACME', isContact: false },
  ...{ calledNumber: '+12025550123', calledName: null, groupName: null, ringingSince: 1, ringsUntil: 2 },
};

describe('ClientConnection', () => {
  let fixture: GatewayFixture;
  beforeEach(async () => {
    fixture = await GatewayFixture.start();
  });
  afterEach(async () => {
    await fixture.close();
    expect(fixture.clock.pendingTimers).toBe(0);
  });
  const asked = (verb: string) => fixture.callServer.asked.filter(([what]) => what === verb);

  describe('session:hello', () => {
    it.each([[['websocket' as const]], [['polling' as const]]])(
      'answers the present state over %s',
      async (transports) => {
        fixture.callServer.calls = [statusOf('call-0')];
        fixture.callServer.incomingCalls = [ringing];
        fixture.callServer.availability = { isDoNotDisturb: true, hasCallWaiting: false };
        const client = await fixture.connect(transports);
        expect(await client.hello(fixture.token())).toEqual({
          ok: true,
          data: {
            protocolVersion: 1,
            callServerId: 'main',
            user: { id: 'alice', userName: 'alice', displayName: 'alice', role: 'user' },
            brand,
            iceServers: [],
            callerNumbers: ['number of alice'],
            reconnectWindowMs: 30_000,
            serverTimeMs: fixture.clock.now(),
            calls: [statusOf('call-0')],
            incomingCalls: [ringing],
            availability: { isDoNotDisturb: true, hasCallWaiting: false },
            elsewhere: { devices: [], calls: [] },
          },
        });
      },
    );

    it('has the call server know the device by the name of its program', async () => {
      await fixture.enter();
      expect(fixture.callServer.clients).toMatchObject([{ deviceId: 'tab-1', clientName: 'test' }]);
    });

    it('is wanted before anything else', async () => {
      const client = await fixture.connect();
      expect(await client.ask('session:ping')).toEqual(refused('unauthenticated'));
      expect(await client.ask('call:dial', dialing)).toEqual(refused('unauthenticated'));
      expect(await client.ask('session:refresh', { accessToken: fixture.token() })).toEqual(refused('unauthenticated'));
      expect(fixture.callServer.asked).toEqual([]);
    });

    it('refuses another version and a bad or old token, and can be said again', async () => {
      const client = await fixture.connect();
      expect(await client.hello(fixture.token(), 'tab-1', { protocolVersion: 2 })).toEqual(
        refused('unsupportedVersion'),
      );
      expect(await client.hello('not a token')).toEqual(refused('unauthenticated'));
      expect(await client.hello(fixture.token('alice', { ttlMs: 0 }))).toEqual(refused('sessionExpired'));
      expect(await client.hello(fixture.token())).toMatchObject({ ok: true });
      expect(await client.hello(fixture.token())).toMatchObject({ ok: true });
      expect(await client.hello(fixture.token('bob'))).toEqual(refused('conflict'));
      expect(await client.hello(fixture.token(), 'tab-2')).toEqual(refused('conflict'));
    });

    it('must come within ten seconds', async () => {
      const client = await fixture.connect();
      fixture.clock.advance(10_000);
      expect(await client.gone).toBe('io server disconnect');
    });

    it('of the same device replaces the older connection, which then is no loss of the device', async () => {
      const older = await fixture.enter();
      const other = await fixture.enter('alice', 'tab-2');
      const newer = await fixture.enter();
      expect(await older.gone).toBe('io server disconnect');
      expect(fixture.callServer.asked).toEqual([
        ['attach', 'alice', 'tab-1'],
        ['attach', 'alice', 'tab-2'],
        ['attach', 'alice', 'tab-1'],
        ['detach', 'alice', 'tab-1', 0],
      ]);
      expect(await newer.ask('session:ping')).toMatchObject({ ok: true });
      expect(await other.ask('session:ping')).toMatchObject({ ok: true });
    });

    it('is undone when the connection goes', async () => {
      const client = await fixture.enter();
      client.socket.disconnect();
      await vi.waitFor(() => expect(asked('detach')).toEqual([['detach', 'alice', 'tab-1', 0]]));
      await vi.waitFor(() => expect(fixture.gateway.connectionCount).toBe(0));
    });
  });

  describe('requests', () => {
    it('reach the call server, and its answers the client', async () => {
      const client = await fixture.enter();
      expect(await client.ask('session:ping')).toEqual({ ok: true, data: { serverTimeMs: fixture.clock.now() } });
      expect(await client.ask('call:dial', dialing)).toEqual({
        ok: true,
        data: { answer: sdp, status: statusOf('call-1') },
      });
      const callId = 'call-1';
      expect(await client.ask('call:dtmf', { callId, digits: '159#' })).toEqual({ ok: true, data: {} });
      expect(await client.ask('call:mute', { callId, isMuted: true })).toEqual({ ok: true, data: {} });
      expect(await client.ask('media:offer', { callId, offer: sdp })).toEqual({ ok: true, data: { answer: sdp } });
      expect(await client.ask('media:candidates', { callId, candidates: ['a'] })).toEqual({ ok: true, data: {} });
      expect(await client.ask('call:hangUp', { callId })).toEqual({ ok: true, data: {} });
      expect(fixture.callServer.asked.slice(1)).toEqual([
        ['dial', callId, '+1 202 555 0123'],
        ['sendDtmf', callId, '159#'],
        ['setMuted', callId, true],
        ['acceptOffer', callId, sdp],
        ['addCandidates', callId, ['a']],
        ['hangUp', callId],
      ]);
    });

    it('are refused in the language of the person: of the device, else of the brand', async () => {
      fixture.callServer.failure = new DialbridgeError('goingAway');
      const german = await fixture.enter('alice', 'tab-1', fixture.token(), { language: 'de-CH' });
      const usual = await fixture.enter('alice', 'tab-2');
      const messages = await Promise.all(
        [german, usual].map(async (client) => {
          const answer = await client.ask('call:dial', dialing);
          return answer.ok ? null : answer.error.message;
        }),
      );
      expect(messages).toEqual([errorTextsDe.goingAway, errorTextsEn.goingAway]);
    });

    it('and what is told of a call come in that language too', async () => {
      const client = await fixture.enter('alice', 'tab-1', fixture.token(), { language: 'de' });
      const error = toWireError(new DialbridgeError('maxDurationReached'));
      const told = client.notified('call:status');
      fixture.callServer.channels[0]?.notify('call:status', {
        ...statusOf('call-1'),
        end: { outcome: 'answered', by: 'bridge', error },
        limit: { endsAt: 1, error },
      });
      const german = { ...error, message: errorTextsDe.maxDurationReached };
      expect(await told).toMatchObject({ end: { error: german }, limit: { error: german } });
    });

    it('that fail are acked with the reason, and with nothing of what broke inside', async () => {
      const client = await fixture.enter();
      fixture.callServer.failure = new DialbridgeError('noRuleAllows', { details: { number: '+1 202 555 0123' } });
      expect(await client.ask('call:dial', dialing)).toMatchObject({
        ok: false,
        error: { code: 'noRuleAllows', message: expect.stringContaining('+1 202 555 0123') },
      });
      fixture.callServer.failure = new TypeError('secret');
      const answer = await client.ask('call:hangUp', { callId: 'call-1' });
      expect(answer).toEqual(refused('internal'));
      expect(JSON.stringify(answer)).not.toContain('secret');
      expect(fixture.logger.lines.filter((line) => line.level === 'error')).toHaveLength(1);
    });

    it('that are unknown, malformed or without an ack harm nothing', async () => {
      const client = await fixture.enter();
      expect(await client.raw('call:explode', { messageId: '12345678' })).toEqual(refused('unknownMessage'));
      expect(await client.raw('toString', {})).toEqual(refused('unknownMessage'));
      expect(await client.raw('call:hangUp')).toEqual(refused('badRequest'));
      expect(await client.raw('call:hangUp', null)).toEqual(refused('badRequest'));
      expect(await client.raw('call:hangUp', { callId: 'c' })).toEqual(refused('badRequest'));
      expect(await client.raw('call:hangUp', { messageId: '12345678', callId: 'c' }, 'more')).toEqual(
        refused('badRequest'),
      );
      expect(await client.ask('call:hangUp', { callId: 'c', extra: 1 })).toEqual(refused('badRequest'));
      expect(await client.ask('call:dial', { ...dialing, offer: 7 })).toMatchObject({
        error: { code: 'badRequest', message: expect.stringContaining('offer') },
      });
      expect(await client.ask('call:dial', { ...dialing, offer: `v=0${'x'.repeat(30_000)}` })).toEqual(
        refused('badRequest'),
      );
      client.socket.emit('call:hangUp', { messageId: '12345678', callId: 'c' });
      expect(await client.ask('session:ping')).toMatchObject({ ok: true });
      expect(fixture.callServer.asked).toHaveLength(1);
    });

    it('that are far too large end only the connection that sent them', async () => {
      const [client, other] = [await fixture.enter('alice'), await fixture.enter('bob')];
      client.socket.emit('call:dial', { ...dialing, offer: 'x'.repeat(200_000) }, () => undefined);
      await client.gone;
      expect(await other.ask('session:ping')).toMatchObject({ ok: true });
      await expect(fixture.enter('alice')).resolves.toBeDefined();
    });

    it('take no longer than their deadline, and a retry still gets their outcome', async () => {
      const client = await fixture.enter();
      const request = { messageId: 'slow-dial', ...dialing };
      let open = () => {};
      fixture.callServer.gate = new Promise((resolve) => {
        open = resolve;
      });
      const slow = client.raw('call:dial', request);
      await vi.waitFor(() => expect(asked('dial')).toHaveLength(1));
      fixture.clock.advance(requestTimeoutMs);
      expect(await slow).toEqual(refused('requestTimeout'));
      open();
      expect(await client.raw('call:dial', request)).toMatchObject({ ok: true, data: { answer: sdp } });
      expect(asked('dial')).toHaveLength(1);
    });

    it('give tones the time that they sound', async () => {
      const client = await fixture.enter();
      let open = () => {};
      fixture.callServer.gate = new Promise((resolve) => {
        open = resolve;
      });
      const tones = client.ask('call:dtmf', { callId: 'call-1', digits: '0123456789' });
      await vi.waitFor(() => expect(asked('sendDtmf')).toHaveLength(1));
      fixture.clock.advance(requestTimeoutMs * 2);
      open();
      expect(await tones).toEqual({ ok: true, data: {} });
    });
  });

  describe('idempotence', () => {
    const request = { messageId: 'dial-once', ...dialing };

    it('answers and declines a call, and changes the availability, once each', async () => {
      const client = await fixture.enter();
      const requests = [
        ['call:answer', { messageId: 'answer-once', callId: 'call-9', offer: sdp }],
        ['call:decline', { messageId: 'decline-once', callId: 'call-9' }],
        ['session:setAvailability', { messageId: 'silent-once', isDoNotDisturb: true }],
      ] as const;
      for (const [name, payload] of [...requests, ...requests]) {
        expect(await client.raw(name, payload)).toMatchObject({ ok: true });
      }
      expect(fixture.callServer.asked.slice(1)).toEqual([
        ['answer', 'call-9'],
        ['decline', 'call-9'],
        ['setAvailability', true, undefined],
      ]);
    });

    it('runs a message once, also when it is sent again over a new connection of the device', async () => {
      const client = await fixture.enter();
      const [first, second] = await Promise.all([client.raw('call:dial', request), client.raw('call:dial', request)]);
      expect(second).toEqual(first);
      client.socket.disconnect();
      const again = await fixture.enter();
      expect(await again.raw('call:dial', request)).toEqual(first);
      expect(asked('dial')).toHaveLength(1);
    });

    it('keeps refusals too', async () => {
      const client = await fixture.enter();
      fixture.callServer.failure = new DialbridgeError('noRuleAllows', { details: { number: '1' } });
      const first = await client.raw('call:dial', request);
      fixture.callServer.failure = undefined;
      expect(await client.raw('call:dial', request)).toEqual(first);
    });

    it('refuses the same id with another content or under another name', async () => {
      const client = await fixture.enter();
      await client.raw('call:dial', request);
      expect(await client.raw('call:dial', { ...request, destination: '+442079460958' })).toEqual(refused('conflict'));
      expect(await client.raw('call:hangUp', { messageId: 'dial-once', callId: 'call-1' })).toEqual(
        refused('conflict'),
      );
      expect(asked('dial')).toHaveLength(1);
      expect(asked('hangUp')).toHaveLength(0);
    });

    it('knows devices and users apart, and forgets after some minutes', async () => {
      const client = await fixture.enter();
      const others = [await fixture.enter('alice', 'tab-2'), await fixture.enter('bob')];
      await client.raw('call:dial', request);
      for (const other of others) await other.raw('call:dial', request);
      expect(asked('dial')).toHaveLength(3);
      fixture.clock.advance(300_000);
      await client.raw('call:dial', request);
      expect(asked('dial')).toHaveLength(4);
    });
  });
});
