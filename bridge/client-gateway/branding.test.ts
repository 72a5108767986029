import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { brandSchema } from '../../shared/protocol/index.ts';
import { brand, GatewayFixture } from './testing/gatewayFixture.ts';

const acme = brandSchema.parse({ id: 'acme', name: 'Acme', defaultCountry: 'DE', language: 'de' });

describe('the brand of a connection', () => {
  let fixture: GatewayFixture;
  beforeEach(async () => {
    fixture = await GatewayFixture.start();
    fixture.brands.set('acme', acme);
  });
  afterEach(() => fixture.close());

  it('is that of its token, and is told anew when it changes, to nobody else', async () => {
    const client = await fixture.connect();
    const hello = await client.hello(fixture.token('alice', { brandId: 'acme' }));
    expect(hello).toMatchObject({ ok: true, data: { brand: acme } });
    const other = await fixture.enter('bob');
    const silent = await fixture.connect();
    const heard: string[] = [];
    for (const { socket } of [other, silent]) socket.onAny((name) => heard.push(name));

    const changed = { ...acme, name: 'Acme Phones', revision: 2 };
    const told = client.notified('session:branding');
    fixture.brands.set('acme', changed);
    fixture.gateway.repaint();
    expect(await told).toEqual({ brand: changed });
    await other.ask('session:ping');
    await silent.ask('session:ping');
    expect(heard).toEqual([]);
  });

  it('is told once for a change, and is the usual one when it is gone', async () => {
    const client = await fixture.enter('alice', 'tab-1', fixture.token('alice', { brandId: 'acme' }));
    const heard: unknown[] = [];
    client.socket.on('session:branding', (payload) => heard.push(payload));
    fixture.gateway.repaint();
    fixture.brands.delete('acme');
    fixture.gateway.repaint();
    fixture.gateway.repaint();
    await client.ask('session:ping');
    expect(heard).toEqual([{ brand }]);
  });

  it('takes away the keypad at once when the brand does', async () => {
    const client = await fixture.enter('alice', 'tab-1', fixture.token('alice', { brandId: 'acme' }));
    const tones = { callId: 'call-1', digits: '1' };
    expect(await client.ask('call:dtmf', tones)).toMatchObject({ ok: true });
    fixture.brands.set('acme', { ...acme, features: { ...acme.features, keypad: false } });
    fixture.gateway.repaint();
    expect(await client.ask('call:dtmf', tones)).toMatchObject({ ok: false, error: { code: 'featureOff' } });
    expect(fixture.callServer.asked.filter(([verb]) => verb === 'sendDtmf')).toHaveLength(1);
  });
});
