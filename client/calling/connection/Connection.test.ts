import { describe, expect, it, onTestFinished } from 'vitest';
import type { CallId, DeviceId } from '../../../shared/domain/index.ts';
import { FakeTimers, settle } from '../../state/testing/FakeTimers.ts';
import { FakeTransport } from '../testing/FakeTransport.ts';
import { helloAnswer } from '../testing/helloAnswer.ts';
import { Connection } from './Connection.ts';

const callId = 'call-1' as CallId;
const refusal = (code: string) => ({ ok: false, error: { code, message: 'no' } });

function open({ accessToken = 'token-1-long', answersHello = true } = {}) {
  const transport = new FakeTransport();
  const timers = new FakeTimers();
  let ids = 0;
  const refreshes: string[] = [];
  const connection = new Connection({
    transport,
    timers,
    newId: () => `message-${++ids}`,
    deviceId: 'device-1' as DeviceId,
    clientVersion: '1.0.0',
    accessToken: async () => accessToken,
    refreshToken: async () => {
      refreshes.push('refreshed');
      return 'token-2-long';
    },
  });
  onTestFinished(() => connection.close());
  if (answersHello) transport.answers.set('session:hello', () => helloAnswer());
  connection.open();
  return { transport, timers, connection, refreshes };
}

describe('Connection', () => {
  it('says hello on every connection, and tells each time that it is ready', async () => {
    const { transport, connection } = open();
    let ready = 0;
    connection.on('ready', () => {
      ready += 1;
    });
    transport.connect();
    await settle();
    transport.disconnect();
    expect(connection.state.get().kind).toBe('reconnecting');
    transport.connect();
    await settle();
    expect(transport.named('session:hello').map(({ payload }) => payload.deviceId)).toEqual(['device-1', 'device-1']);
    expect(ready).toBe(2);
  });

  it('knows for how long there has been no connection', async () => {
    const { transport, timers, connection } = open();
    await timers.advance(700);
    expect(connection.waitingMs).toBe(700);
    transport.connect();
    await settle();
    expect(connection.waitingMs).toBe(0);
    transport.disconnect();
    await timers.advance(300);
    expect(connection.waitingMs).toBe(300);
  });

  it('sends nothing before hello is answered', async () => {
    const { transport, connection } = open({ answersHello: false });
    transport.connect();
    const request = connection.request('call:hangUp', { callId });
    await settle();
    expect(transport.sent.map(({ name }) => name)).toEqual(['session:hello']);
    transport.answers.set('call:hangUp', () => ({ ok: true, data: {} }));
    transport.named('session:hello')[0]?.ack(helloAnswer());
    await expect(request).resolves.toEqual({});
  });

  it('repeats a request with the same message id when its ack was lost', async () => {
    const { transport, connection } = open();
    transport.connect();
    await settle();
    const request = connection.request('call:hangUp', { callId });
    await settle();
    transport.disconnect();
    transport.named('call:hangUp')[0]?.lose();
    await settle();
    expect(transport.named('call:hangUp')).toHaveLength(1);
    transport.connect();
    await settle();
    const [first, second] = transport.named('call:hangUp');
    expect(second?.payload).toEqual(first?.payload);
    second?.ack({ ok: true, data: {} });
    await expect(request).resolves.toEqual({});
  });

  it('gives different requests different message ids', async () => {
    const { transport, connection } = open();
    transport.answers.set('call:mute', () => ({ ok: true, data: {} }));
    transport.connect();
    await settle();
    await connection.request('call:mute', { callId, isMuted: true });
    await connection.request('call:mute', { callId, isMuted: true });
    const ids = transport.named('call:mute').map(({ payload }) => payload.messageId);
    expect(new Set(ids).size).toBe(2);
  });

  it('gives a request up after its deadline', async () => {
    const { timers, connection } = open();
    const request = connection.request('call:hangUp', { callId }, { deadlineMs: 5_000 });
    const outcome = expect(request).rejects.toMatchObject({ code: 'requestTimeout' });
    await timers.advance(5_001);
    await outcome;
  });

  it('stops waiting for a connection when the request is given up', async () => {
    const { transport, connection } = open();
    const abort = new AbortController();
    const request = connection.request('call:hangUp', { callId }, { signal: abort.signal });
    abort.abort(new Error('given up'));
    await expect(request).rejects.toThrow('given up');
    transport.connect();
    await settle();
    expect(transport.named('call:hangUp')).toHaveLength(0);
  });

  it('throws the refusal of the bridge, with what the person is told', async () => {
    const { transport, connection } = open();
    transport.answers.set('call:hangUp', () => ({
      ok: false,
      error: { code: 'noRuleAllows', message: 'no', details: { number: '+1900' } },
    }));
    transport.connect();
    await expect(connection.request('call:hangUp', { callId })).rejects.toMatchObject({
      code: 'noRuleAllows',
      details: { number: '+1900' },
    });
  });

  it('refuses an answer that is not of the protocol', async () => {
    const { transport, connection } = open();
    transport.answers.set('media:offer', () => ({ ok: true, data: { answer: 42 } }));
    transport.connect();
    await expect(connection.request('media:offer', { callId, offer: 'v=0' })).rejects.toMatchObject({
      code: 'unsupportedVersion',
    });
  });

  it('gets a new token and says hello again when the old one has run out', async () => {
    const { transport, connection, refreshes } = open();
    transport.answers.set('session:hello', ({ accessToken }) =>
      accessToken === 'token-2-long' ? helloAnswer() : refusal('sessionExpired'),
    );
    transport.connect();
    await settle();
    expect(refreshes).toHaveLength(1);
    expect(connection.state.get().kind).toBe('ready');
  });

  it.each(['signedOutEverywhere', 'accountDisabled', 'tokenInvalid', 'embedKeyInvalid', 'originNotAllowed'])(
    'asks for a new token once when the bridge says %s, and then gives up',
    async (code) => {
      const { transport, connection, refreshes } = open();
      transport.answers.set('session:hello', () => refusal(code));
      transport.connect();
      await settle();
      expect(refreshes).toHaveLength(1);
      expect(connection.state.get()).toMatchObject({ kind: 'refused', error: { code } });
    },
  );

  it('is refused, and stays so, when the bridge speaks another version', async () => {
    const { transport, connection } = open();
    transport.answers.set('session:hello', () => refusal('unsupportedVersion'));
    transport.connect();
    await settle();
    transport.disconnect();
    expect(connection.state.get()).toMatchObject({ kind: 'refused', error: { code: 'unsupportedVersion' } });
    await expect(connection.request('call:hangUp', { callId })).rejects.toMatchObject({ code: 'unsupportedVersion' });
  });

  it('renews the session when the bridge says that it ends soon', async () => {
    const { transport } = open();
    transport.answers.set('session:refresh', () => ({ ok: true, data: { expiresAtMs: 1 } }));
    transport.connect();
    await settle();
    transport.notify('session:expiring', { expiresAtMs: 1 });
    await settle();
    expect(transport.named('session:refresh')[0]?.payload.accessToken).toBe('token-2-long');
  });

  it('opens again by itself when the bridge closed the connection, later each time', async () => {
    const { transport, timers } = open();
    transport.connect();
    await settle();
    transport.disconnect('closedByBridge');
    await timers.advance(500);
    expect(transport.opened).toBe(2);
    transport.connect();
    await settle();
    transport.disconnect('closedByBridge');
    await timers.advance(999);
    expect(transport.opened).toBe(2);
    await timers.advance(1);
    expect(transport.opened).toBe(3);
  });

  it('drops a notification that cannot be read, and tells one that can', async () => {
    const { transport, connection } = open();
    const heard: unknown[] = [];
    connection.on('media:restart', (payload) => heard.push(payload));
    transport.notify('media:restart', { callId: 7 });
    transport.notify('no:such', {});
    transport.notify('media:restart', { callId });
    expect(heard).toEqual([{ callId }]);
  });

  it('replaces a connection that does not answer when the network may have changed', async () => {
    const { transport, connection } = open();
    transport.connect();
    await settle();
    const check = connection.check();
    await settle();
    transport.named('session:ping')[0]?.lose();
    await check;
    expect(transport.reconnected).toBe(1);
  });
});
