import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UserId } from '../../shared/domain/index.ts';
import { GatewayFixture, statusOf } from './testing/gatewayFixture.ts';

const refused = (code: string) => expect.objectContaining({ ok: false, error: expect.objectContaining({ code }) });

describe('ClientGateway', () => {
  let fixture: GatewayFixture;
  beforeEach(async () => {
    fixture = await GatewayFixture.start();
  });
  afterEach(async () => {
    await fixture.close();
    expect(fixture.clock.pendingTimers).toBe(0);
  });
  const asked = (verb: string) => fixture.callServer.asked.filter(([what]) => what === verb);

  describe('the rate of messages', () => {
    it('is bounded per connection, with the time to wait', async () => {
      await fixture.close();
      fixture = await GatewayFixture.start({ rate: { burst: 5, perSecond: 10 } });
      const client = await fixture.enter();
      const other = await fixture.enter('bob');
      const answers = await Promise.all(Array.from({ length: 6 }, () => client.ask('session:ping')));
      expect(answers.map((answer) => answer.ok)).toEqual([true, true, true, true, false, false]);
      expect(answers[5]).toMatchObject({ error: { code: 'tooManyAttempts', retryAfterMs: 100 } });
      expect(await other.ask('session:ping')).toMatchObject({ ok: true });
      fixture.clock.advance(100);
      expect(await client.ask('session:ping')).toMatchObject({ ok: true });
    });
  });

  describe('the access token', () => {
    it('is said to run out before it does, and then the connection ends', async () => {
      const client = await fixture.enter();
      const expiresAtMs = fixture.clock.now() + 600_000;
      const expiring = client.notified('session:expiring');
      fixture.clock.advance(540_000);
      expect(await expiring).toEqual({ expiresAtMs });
      fixture.clock.advance(59_999);
      expect(await client.ask('session:ping')).toMatchObject({ ok: true });
      fixture.clock.advance(1);
      expect(await client.gone).toBe('io server disconnect');
      expect(asked('detach')).toHaveLength(1);
    });

    it('can be renewed on the running connection, by the same user only', async () => {
      const client = await fixture.enter();
      fixture.clock.advance(550_000);
      expect(await client.ask('session:refresh', { accessToken: 'not a token' })).toEqual(refused('unauthenticated'));
      expect(await client.ask('session:refresh', { accessToken: fixture.token('bob') })).toEqual(refused('forbidden'));
      const expiresAtMs = fixture.clock.now() + 600_000;
      const renewed = await client.ask('session:refresh', { accessToken: fixture.token() });
      expect(renewed).toEqual({ ok: true, data: { expiresAtMs } });
      fixture.clock.advance(590_000);
      expect(await client.ask('session:ping')).toMatchObject({ ok: true });
    });

    it('lets connections of a sign-in go that has ended, and no others', async () => {
      const client = await fixture.enter('alice', 'tab-1', fixture.token('alice', { familyId: 'f1' }));
      const other = await fixture.enter('alice', 'tab-2', fixture.token('alice', { familyId: 'f2' }));
      fixture.gateway.closeSession('f1');
      expect(await client.gone).toBe('io server disconnect');
      expect(await other.ask('session:ping')).toMatchObject({ ok: true });
      expect(fixture.callServer.asked.filter(([verb]) => verb === 'release')).toEqual([['release', 'alice', 'tab-1']]);
    });
  });

  describe('notifications', () => {
    it('go to all devices of one user', async () => {
      const tabs = [await fixture.enter('alice', 'tab-1'), await fixture.enter('alice', 'tab-2')];
      const other = await fixture.enter('bob');
      const heard: string[] = [];
      other.socket.onAny((name) => heard.push(name));
      const told = tabs.map((tab) => tab.notified('contacts:changed'));
      fixture.gateway.notifyUser('alice' as UserId, 'contacts:changed');
      expect(await Promise.all(told)).toEqual([{}, {}]);
      await other.ask('session:ping');
      expect(heard).toEqual([]);
    });

    it('of the call server go to the device’s connection', async () => {
      const client = await fixture.enter();
      const told = client.notified('call:status');
      fixture.callServer.channels[0]?.notify('call:status', statusOf('call-1'));
      expect(await told).toEqual(statusOf('call-1'));
    });

    it('to a connection that has gone are lost without harm', async () => {
      const client = await fixture.enter();
      client.socket.disconnect();
      await vi.waitFor(() => expect(asked('detach')).toHaveLength(1));
      fixture.callServer.channels[0]?.notify('call:status', statusOf('call-1'));
      fixture.gateway.notifyUser('alice' as UserId, 'contacts:changed');
      expect(fixture.gateway.connectionCount).toBe(0);
    });
  });

  describe('the end', () => {
    it('is announced, refuses new sessions, and leaves running ones alone', async () => {
      const client = await fixture.enter();
      const told = client.notified('session:goingAway');
      fixture.gateway.announceGoingAway(5000);
      expect(await told).toEqual({ reconnectAfterMs: 5000 });
      expect(await client.ask('call:hangUp', { callId: 'call-1' })).toMatchObject({ ok: true });
      const late = await fixture.connect();
      expect(await late.hello(fixture.token('bob'))).toMatchObject({
        error: { code: 'goingAway', retryAfterMs: 5000 },
      });
    });

    it('delivers what was said last, closes every connection, and leaves the HTTP server to its owner', async () => {
      const client = await fixture.enter();
      const told = client.notified('session:goingAway');
      fixture.gateway.announceGoingAway(1);
      await Promise.all([fixture.gateway.close(), fixture.gateway.close()]);
      expect(await told).toEqual({ reconnectAfterMs: 1 });
      await client.gone;
      expect(asked('detach')).toHaveLength(1);
      expect(fixture.isListening).toBe(true);
    });
  });

  describe('pages of other origins', () => {
    it('may not connect unless they are on the list', async () => {
      const own = { Origin: fixture.url };
      await expect(fixture.connect(['websocket'], own)).resolves.toBeDefined();
      for (const transport of ['websocket', 'polling'] as const) {
        await expect(fixture.connect([transport], { Origin: 'https://evil.example' })).rejects.toThrow();
      }
      await fixture.close();
      fixture = await GatewayFixture.start({ isAllowedOrigin: (origin) => origin === 'https://phone.example.com' });
      await expect(fixture.connect(['websocket'], { Origin: 'https://phone.example.com' })).resolves.toBeDefined();
      await expect(fixture.connect(['websocket'], { Origin: 'https://evil.example' })).rejects.toThrow();
    });
  });
});
