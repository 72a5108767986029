import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EmbedKeyId, SigningKeyId, UserId } from '../../shared/domain/index.ts';
import { DialbridgeError, errorTextsDe, errorTextsEn } from '../../shared/errors/index.ts';
import { makeEmbedKey, makeSigningKey } from '../front-end-server/testing/openDoors.ts';
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
  });

  describe('the end of somebody’s rights', () => {
    const end = (code: 'signedOutEverywhere' | 'sessionExpired', isFinal: boolean) => {
      fixture.ends.set('f1', { error: new DialbridgeError(code), isFinal });
      fixture.revocationEvents.emit('read');
    };

    it('hangs up their calls, tells them why in their language, and closes their connections and no others', async () => {
      const clients = [
        await fixture.enter('alice', 'tab-1', fixture.token('alice', { familyId: 'f1' }), { language: 'de-AT' }),
        await fixture.enter('alice', 'tab-2', fixture.token('alice', { familyId: 'f1' })),
      ];
      const other = await fixture.enter('alice', 'tab-3', fixture.token('alice', { familyId: 'f2' }));
      const stranger = await fixture.connect();
      const told = Promise.all(clients.map((client) => client.notified('session:ended')));
      end('signedOutEverywhere', true);
      expect(await told).toEqual([
        { error: { code: 'signedOutEverywhere', message: errorTextsDe.signedOutEverywhere } },
        { error: { code: 'signedOutEverywhere', message: errorTextsEn.signedOutEverywhere } },
      ]);
      for (const client of clients) expect(await client.gone).toBe('io server disconnect');
      expect(await other.ask('session:ping')).toMatchObject({ ok: true });
      expect(stranger.socket.connected).toBe(true);
      expect(asked('release')).toEqual([
        ['release', 'alice', 'tab-1'],
        ['release', 'alice', 'tab-2'],
      ]);
    });

    it('only closes the connection where a renewed token is as good as ever: calls are held', async () => {
      const client = await fixture.enter();
      const heard: string[] = [];
      client.socket.onAny((name) => heard.push(name));
      end('sessionExpired', false);
      expect(await client.gone).toBe('io server disconnect');
      expect(heard).toEqual([]);
      expect(asked('release')).toEqual([]);
      await vi.waitFor(() => expect(asked('detach')).toHaveLength(1));
    });

    it('is not looked at any more once the gateway is closed', async () => {
      await fixture.close();
      expect(fixture.revocationEvents.listenerCount('read')).toBe(0);
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
    const shop = 'https://shop.example';
    const from = (origin: string) => ({ Origin: origin });
    const fits = async (userId: string, origin: string | null) => {
      const client = await fixture.connect(['websocket'], origin === null ? {} : from(origin));
      const answer = await client.hello(fixture.token(userId));
      return answer.ok || answer.error.code;
    };
    beforeEach(() => {
      const embedKeyId = 'pk_shop-1234' as EmbedKeyId;
      const signingKeyId = 'crm' as SigningKeyId;
      const visit = { kind: 'embedKey', embedKeyId, origin: shop, isFramed: false } as const;
      const grants = { groups: [], destinations: null, callerNumbers: null };
      fixture.embedKeys.set(embedKeyId, makeEmbedKey({ id: embedKeyId, origins: [shop] }));
      fixture.signingKeys.set(signingKeyId, makeSigningKey({ id: signingKeyId, origins: ['https://crm.example'] }));
      fixture.entries.set('visitor', visit);
      fixture.entries.set('framed', { ...visit, origin: fixture.url, isFramed: true });
      fixture.entries.set('host', { kind: 'hostToken', signingKeyId, ...grants });
    });

    it.each(['websocket', 'polling'] as const)(
      'may connect by %s where a key in use is for them',
      async (transport) => {
        const connect = (origin: string) => fixture.connect([transport], from(origin));
        await expect(connect(fixture.url)).resolves.toBeDefined();
        await expect(connect(shop)).resolves.toBeDefined();
        await expect(connect('https://crm.example')).resolves.toBeDefined();
        for (const origin of ['https://evil.example', 'https://evil-shop.example', 'null', `${shop}.evil.example`])
          await expect(connect(origin)).rejects.toThrow();
        const key = makeEmbedKey({ id: 'pk_shop-1234', origins: [shop], isEnabled: false });
        fixture.embedKeys.set(key.id, key);
        await expect(connect(shop)).rejects.toThrow();
      },
    );

    it('may say hello only with a token for them', async () => {
      expect(await fits('visitor', shop)).toBe(true);
      expect(await fits('visitor', 'https://crm.example')).toBe('originNotAllowed');
      expect(await fits('visitor', fixture.url)).toBe('originNotAllowed');
      expect(await fits('visitor', null)).toBe('originNotAllowed');
      expect(await fits('framed', fixture.url)).toBe(true);
      expect(await fits('framed', shop)).toBe('originNotAllowed');
      expect(await fits('host', 'https://crm.example')).toBe(true);
      expect(await fits('host', fixture.url)).toBe(true);
      expect(await fits('host', null)).toBe(true);
      expect(await fits('host', shop)).toBe('originNotAllowed');
      expect(await fits('alice', fixture.url)).toBe(true);
      expect(await fits('alice', null)).toBe(true);
      expect(await fits('alice', shop)).toBe('originNotAllowed');
    });

    it('may not renew with a token of another page either', async () => {
      const client = await fixture.connect(['websocket'], from(shop));
      await client.hello(fixture.token('visitor'));
      fixture.entries.set('visitor', { kind: 'account' });
      const renewed = await client.ask('session:refresh', { accessToken: fixture.token('visitor') });
      expect(renewed).toEqual(refused('originNotAllowed'));
    });

    it('are told to the call server, with the address that a trusted proxy says', async () => {
      await fixture.close();
      fixture = await GatewayFixture.start({ trustProxy: true });
      const headers = { ...from(fixture.url), 'X-Forwarded-For': '198.51.100.1, 203.0.113.9' };
      const client = await fixture.connect(['websocket'], headers);
      await client.hello(fixture.token());
      expect(fixture.callServer.clients[0]).toMatchObject({ address: '203.0.113.9', origin: fixture.url });
    });

    it('are ours where a proxy in front is trusted to say by which name it was asked', async () => {
      await fixture.close();
      const headers = { ...from('https://phone.example.com'), 'X-Forwarded-Host': 'phone.example.com, inner' };
      fixture = await GatewayFixture.start();
      await expect(fixture.connect(['websocket'], headers)).rejects.toThrow();
      await fixture.close();
      fixture = await GatewayFixture.start({ trustProxy: true });
      await expect(fixture.connect(['websocket'], headers)).resolves.toBeDefined();
      await fixture.close();
      fixture = await GatewayFixture.start({ isOwnOrigin: (origin) => origin === 'https://phone.example.com' });
      await expect(fixture.connect(['websocket'], from('https://phone.example.com'))).resolves.toBeDefined();
      await expect(fixture.connect(['websocket'], from('https://evil.example'))).rejects.toThrow();
    });
  });
});
