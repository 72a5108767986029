import { expect, it } from 'vitest';
import { callServerIdSchema } from '../../shared/domain/index.ts';
import { FakeClock } from '../observability/FakeClock.ts';
import { RecordingLogger } from '../observability/RecordingLogger.ts';
import type { NewWebhookDelivery } from '../storage/index.ts';
import { startedEvent } from './callEvents.ts';
import { Outbox } from './Outbox.ts';
import { keptWebhook, openingOf } from './testing/WebhookBench.ts';

it('keeps events in memory while the disk refuses, in their order, and beyond a bound leaves out the new ones', async () => {
  const clock = new FakeClock();
  let isFull = true;
  let dropped = 0;
  const written: NewWebhookDelivery[] = [];
  const add = async (deliveries: readonly NewWebhookDelivery[]) => {
    if (isFull) throw new Error('disk full');
    written.push(...deliveries);
    return 0;
  };
  const outbox = new Outbox(
    {
      ...{ deliveries: { add }, webhooks: () => [keptWebhook('crm')], clock, logger: new RecordingLogger() },
      onAdded: () => {},
      onDropped: (count) => {
        dropped += count;
      },
    },
    { callServerId: callServerIdSchema.parse('main'), mostAttempts: 8, mostWaiting: 5 },
  );
  for (let count = 0; count < 10_000; count += 1) outbox.publish(startedEvent(openingOf(`c${count}`)));
  await clock.advanceAsync(30);
  expect(dropped).toBe(0);
  outbox.publish(startedEvent(openingOf('late')));
  expect(dropped).toBe(1);
  isFull = false;
  await clock.advanceAsync(1000);
  expect(written.map(({ orderKey }) => orderKey).slice(0, 2)).toEqual(['c0', 'c1']);
  expect(written).toHaveLength(10_000);
  await outbox.close();
});

it('writes what happens during a write soon after it, and not as after a failure', async () => {
  const clock = new FakeClock();
  const written: string[] = [];
  let finish = () => {};
  const add = async (deliveries: readonly NewWebhookDelivery[]) => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    written.push(...deliveries.map(({ orderKey }) => orderKey));
    return 0;
  };
  const outbox = new Outbox(
    {
      ...{ deliveries: { add }, webhooks: () => [keptWebhook('crm')], clock, logger: new RecordingLogger() },
      ...{ onAdded: () => {}, onDropped: () => {} },
    },
    { callServerId: callServerIdSchema.parse('main'), mostAttempts: 8, mostWaiting: 5 },
  );
  outbox.publish(startedEvent(openingOf('first')));
  await clock.advanceAsync(20);
  outbox.publish(startedEvent(openingOf('second')));
  finish();
  await clock.advanceAsync(20);
  finish();
  await clock.advanceAsync(0);
  expect(written).toEqual(['first', 'second']);
  await outbox.close();
});
