import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { webhookBodySchema } from '../../shared/admin/index.ts';
import { gatewayIdSchema, userIdSchema } from '../../shared/domain/index.ts';
import { closing, keptWebhook, openingOf, WebhookBench } from './testing/WebhookBench.ts';

describe('Webhooks', () => {
  it('tell of a call that it began, was answered and ended, in bodies as they are described', async () => {
    const bench = new WebhookBench(keptWebhook('crm'));
    const webhooks = await bench.create();
    bench.request('c1');
    bench.answer('c1');
    bench.end('c1');
    await bench.pass(100);
    expect(bench.poster.told).toEqual(['call.started c1', 'call.answered c1', 'call.ended c1']);
    const bodies = bench.poster.posted.map(({ body }) => JSON.parse(body));
    expect(webhookBodySchema('call.started').strict().parse(bodies[0]).occurredAtMs).toBe(1000);
    expect(webhookBodySchema('call.answered').parse(bodies[1]).data).toEqual(bodies[1].data);
    expect(webhookBodySchema('call.ended').parse(bodies[2]).data).toEqual(bodies[2].data);
    expect(bodies[2].data).toMatchObject({ callId: 'c1', talkMs: 5000, outcome: 'answered', gatewayId: 'gw1' });
    // Nothing of an address book goes out.
    expect(JSON.stringify(bodies)).not.toContain('Mother');
    await webhooks.close();
  });

  it('sign what they send, with the time of sending', async () => {
    const bench = new WebhookBench(keptWebhook('crm'));
    const webhooks = await bench.create();
    bench.request('c1');
    await bench.pass(100);
    const [sent] = bench.poster.posted;
    const seconds = Math.floor(bench.clock.now() / 1000);
    const expected = createHmac('sha256', 'whsec_crm').update(`${seconds}.${sent?.body}`).digest('hex');
    expect(sent?.headers).toMatchObject({
      'Dialbridge-Signature': `t=${seconds},v1=${expected}`,
      'Dialbridge-Event': 'call.started',
      'Dialbridge-Attempt': '1',
      'User-Agent': 'Dialbridge/1.2.3',
    });
    await webhooks.close();
  });

  it('tell each what it wants, of the brand that it is for, and nothing while it is off', async () => {
    const bench = new WebhookBench(
      keptWebhook('ends', { events: ['call.ended'] }),
      keptWebhook('other', { brandId: 'other' }),
      keptWebhook('off', { isEnabled: false }),
    );
    const webhooks = await bench.create();
    bench.request('c1');
    bench.end('c1');
    bench.gateways.emit('stateChanged', {
      ...{ gatewayId: gatewayIdSchema.parse('gw1'), from: 'up', to: 'down', atMs: 5, sinceMs: 1, problem: 'no answer' },
    });
    await bench.pass(100);
    const sent = bench.poster.posted.map(
      ({ url, headers }) => `${headers['Dialbridge-Event']} ${new URL(url).hostname}`,
    );
    expect(sent.sort()).toEqual(['call.ended ends.example', 'gateway.down other.example']);
    await webhooks.close();
  });

  it('tell of an incoming call that nobody took that it was missed, and who took one', async () => {
    const bench = new WebhookBench(keptWebhook('crm', { events: ['call.missed', 'call.ended'] }));
    const webhooks = await bench.create();
    const opening = openingOf('in', { direction: 'incoming' });
    bench.end('in', { opening, answeredAtMs: null, closing: { ...closing, outcome: 'noAnswer' } });
    bench.end('taken', { opening: openingOf('taken', { direction: 'incoming' }), userId: userIdSchema.parse('u1') });
    bench.end('out', { answeredAtMs: null });
    await bench.pass(100);
    expect(bench.poster.told.toSorted()).toEqual([
      'call.ended in',
      'call.ended out',
      'call.ended taken',
      'call.missed in',
    ]);
    const taken = bench.poster.posted.find(({ body }) => body.includes('"taken"'));
    expect(JSON.parse(taken?.body ?? '').data.userId).toBe('u1');
    await webhooks.close();
  });

  it('tell late of calls that were up at a crash or ended just before it, and of each step once where it was told before', async () => {
    const bench = new WebhookBench(keptWebhook('crm'));
    const webhooks = await bench.create();
    const interrupted = { ...closing, outcome: 'interrupted' as const };
    for (const id of ['c1', 'c2']) {
      bench.records.set(id, { ...openingOf(id), closing: interrupted, answeredAtMs: 2000, gatewayId: null } as never);
    }
    bench.request('c1');
    bench.end('c1');
    await bench.pass(100);
    await webhooks.tellLate([openingOf('c1').callId, openingOf('c2').callId, openingOf('gone').callId]);
    await bench.pass(100);
    expect(bench.poster.told.filter((one) => one.endsWith('c1'))).toEqual([
      'call.started c1',
      'call.ended c1',
      'call.answered c1',
    ]);
    expect(bench.poster.told.filter((one) => !one.endsWith('c1'))).toEqual([
      'call.started c2',
      'call.answered c2',
      'call.ended c2',
    ]);
    expect(bench.told).toEqual(['c1', 'c1', 'c2']);
    await webhooks.close();
  });

  it('say of a call that its end was told when that is kept, and not while the disk refuses', async () => {
    const bench = new WebhookBench(keptWebhook('crm'), keptWebhook('off', { isEnabled: false }));
    let isFull = true;
    const add = bench.deliveries.add.bind(bench.deliveries);
    bench.deliveries.add = async (...values) => {
      if (isFull) throw new Error('disk full');
      return add(...values);
    };
    const webhooks = await bench.create();
    bench.request('c1');
    bench.end('c1');
    await bench.pass(500);
    expect(bench.told).toEqual([]);
    isFull = false;
    await bench.pass(1000);
    expect(bench.told).toEqual(['c1']);
    await webhooks.close();
  });

  it('have nothing to keep of a call that nobody wants to hear of', async () => {
    const bench = new WebhookBench();
    const webhooks = await bench.create();
    bench.end('c1');
    await bench.pass(100);
    expect(bench.told).toEqual(['c1']);
    await webhooks.close();
  });

  it('keep what happens until the very stop, and send it at the next start', async () => {
    const bench = new WebhookBench(keptWebhook('crm'));
    const first = await bench.create();
    bench.request('c1');
    await first.close();
    await first.close();
    bench.calls.removeAllListeners();
    expect(bench.poster.posted).toEqual([]);
    const second = await bench.create();
    await bench.pass(0);
    expect(bench.poster.told).toEqual(['call.started c1']);
    await second.close();
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('leave out what is beyond the bound of one receiver, and count it', async () => {
    const bench = new WebhookBench(keptWebhook('crm', { events: ['call.started'] }));
    bench.poster.isSlow = true;
    const webhooks = await bench.create({ mostWaiting: 2 });
    for (const id of ['c1', 'c2', 'c3']) bench.request(id);
    await bench.pass(100);
    expect(bench.results).toEqual(['1 dropped']);
    expect(await webhooks.waiting()).toBe(2);
    expect(bench.poster.told).toEqual(['call.started c1', 'call.started c2']);
    bench.poster.answer(200);
    bench.poster.answer(200);
    await webhooks.close();
  });
});
