import { describe, expect, it } from 'vitest';
import { keptWebhook, WebhookBench } from './testing/WebhookBench.ts';

const started = { events: ['call.started'] };

describe('Events for a receiver', () => {
  it('are tried again with growing pauses, and given up after the last', async () => {
    const bench = new WebhookBench(keptWebhook('crm', started));
    const webhooks = await bench.create({ mostAttempts: 3 });
    bench.poster.says.push(500, new Error('no way'), 302);
    bench.request('c1');
    await bench.pass(100);
    expect(bench.poster.posted).toHaveLength(1);
    await bench.pass(9000);
    expect(bench.poster.posted).toHaveLength(1);
    await bench.pass(2000);
    expect(bench.poster.posted).toHaveLength(2);
    await bench.pass(41_000);
    expect(bench.poster.posted).toHaveLength(2);
    await bench.pass(4000);
    expect(bench.poster.posted).toHaveLength(3);
    const { deliveries } = await bench.deliveries.page({ limit: 9 });
    expect(deliveries).toMatchObject([
      {
        state: 'failed',
        attempts: [
          { status: 500, problem: 'It answered 500' },
          { status: null, problem: 'no way' },
          { status: 302, problem: 'It answered 302: redirects are not followed' },
        ],
      },
    ]);
    expect(bench.results).toEqual(['1 retried', '1 retried', '1 failed']);
    await webhooks.close();
  });

  it('have the same id and body in each try, and another signature', async () => {
    const bench = new WebhookBench(keptWebhook('crm', started));
    const webhooks = await bench.create();
    bench.poster.says.push(503);
    bench.request('c1');
    await bench.pass(12_000);
    const [first, second] = bench.poster.posted;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['Dialbridge-Event-Id']).toBe(first?.headers['Dialbridge-Event-Id']);
    expect(second?.headers['Dialbridge-Attempt']).toBe('2');
    expect(second?.headers['Dialbridge-Signature']).not.toBe(first?.headers['Dialbridge-Signature']);
    await webhooks.close();
  });

  it('wait for one of the same call before them, and no longer than four tries of it', async () => {
    const bench = new WebhookBench(keptWebhook('crm', { events: ['call.started', 'call.ended'] }));
    const webhooks = await bench.create();
    bench.poster.says.push(500);
    bench.request('c1');
    bench.end('c1');
    bench.request('c2');
    await bench.pass(100);
    expect(bench.poster.told).toEqual(['call.started c1', 'call.started c2']);
    bench.poster.says.push(500, 500, 500);
    await bench.pass(230_000);
    expect(bench.poster.told.filter((one) => one === 'call.started c1')).toHaveLength(3);
    expect(bench.poster.told).not.toContain('call.ended c1');
    await bench.pass(15_000);
    expect(bench.poster.told.slice(-2)).toEqual(['call.started c1', 'call.ended c1']);
    await webhooks.close();
  });

  it('are four at once at most, and a slow receiver holds up no other', async () => {
    const bench = new WebhookBench(keptWebhook('slow', started), keptWebhook('quick', started));
    bench.poster.isSlow = true;
    const webhooks = await bench.create();
    for (const id of ['c1', 'c2', 'c3', 'c4', 'c5']) bench.request(id);
    await bench.pass(3000);
    const at = (host: string) => bench.poster.posted.filter(({ url }) => url.includes(host)).length;
    expect([at('slow'), at('quick')]).toEqual([4, 4]);
    bench.poster.answer(200);
    await bench.pass(0);
    expect(at('slow') + at('quick')).toBe(9);
    bench.poster.isSlow = false;
    for (let count = 0; count < 9; count += 1) bench.poster.answer(200);
    await bench.pass(0);
    await webhooks.close();
  });

  it('go to nobody any more who answers 410, who is switched off by that, and others hear of it', async () => {
    const watcher = keptWebhook('watcher', { events: ['webhook.switchedOff'] });
    const bench = new WebhookBench(keptWebhook('crm', started), watcher);
    const webhooks = await bench.create();
    bench.poster.says.push(410);
    bench.request('c1');
    await bench.pass(200);
    expect(await bench.webhooks.get('crm')).toMatchObject({
      ...{ isEnabled: false, switchedOff: { reason: 'gone' }, revision: 2 },
    });
    expect(bench.poster.told).toEqual(['call.started c1', 'webhook.switchedOff']);
    bench.request('c2');
    await bench.pass(5000);
    expect(bench.poster.told).toHaveLength(2);
    await webhooks.close();
  });

  it('switch a receiver off that took nothing for as long as one was tried, and none that took another', async () => {
    const bench = new WebhookBench(keptWebhook('crm', started));
    const webhooks = await bench.create({ mostAttempts: 2 });
    bench.poster.says.push(500, 200, 500);
    bench.request('c1');
    await bench.pass(100);
    bench.request('c2');
    await bench.pass(13_000);
    expect(bench.results).toEqual(['1 retried', '1 delivered', '1 failed']);
    expect(await bench.webhooks.get('crm')).toMatchObject({ isEnabled: true });
    bench.poster.says.push(500, 500);
    bench.request('c3');
    await bench.pass(13_000);
    expect(await bench.webhooks.get('crm')).toMatchObject({ isEnabled: false, switchedOff: { reason: 'failing' } });
    await webhooks.close();
  });

  it('are left to the next start where a stop would have to wait too long for them', async () => {
    const bench = new WebhookBench(keptWebhook('crm', started));
    bench.poster.isSlow = true;
    const first = await bench.create();
    bench.request('c1');
    await bench.pass(100);
    const closed = first.close();
    await bench.pass(3000);
    await closed;
    bench.poster.isSlow = false;
    bench.poster.answer(200);
    bench.calls.removeAllListeners();
    const second = await bench.create();
    await bench.pass(0);
    expect(bench.poster.told).toEqual(['call.started c1', 'call.started c1']);
    expect(bench.results).toEqual(['1 delivered']);
    await second.close();
  });
});

describe('Sending by hand', () => {
  it('tries a test once and at once, also where the webhook is off, and tells what came of it', async () => {
    const bench = new WebhookBench(keptWebhook('crm', { isEnabled: false }));
    const webhooks = await bench.create();
    bench.poster.says.push({ status: 500, response: 'broken' });
    expect(await webhooks.test('crm', 'olga')).toMatchObject({
      ...{ state: 'failed', eventType: 'webhook.test', attempts: [{ status: 500, response: 'broken' }] },
    });
    expect(JSON.parse(bench.poster.posted[0]?.body ?? '').data).toEqual({ webhookId: 'crm', sentBy: 'olga' });
    await bench.pass(700_000);
    expect(bench.poster.posted).toHaveLength(1);
    await expect(webhooks.test('gone', 'olga')).rejects.toMatchObject({ code: 'notFound' });
    await webhooks.close();
  });

  it('sends an event again with its own id, and switches nobody off for that', async () => {
    const bench = new WebhookBench(keptWebhook('crm', started));
    const webhooks = await bench.create();
    bench.request('c1');
    await bench.pass(100);
    const [delivery] = (await bench.deliveries.page({ limit: 9 })).deliveries;
    bench.poster.says.push(500);
    const again = await webhooks.redeliver(delivery?.id ?? '');
    expect(again).toMatchObject({ eventId: delivery?.eventId, body: delivery?.body, state: 'failed' });
    expect(again.id).not.toBe(delivery?.id);
    expect(await bench.webhooks.get('crm')).toMatchObject({ isEnabled: true });
    await expect(webhooks.redeliver('gone')).rejects.toMatchObject({ code: 'notFound' });
    await webhooks.close();
  });
});
