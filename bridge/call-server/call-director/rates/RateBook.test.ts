import { describe, expect, it } from 'vitest';
import { type Rate, rateSchema } from '../../../../shared/admin/index.ts';
import { FakeClock } from '../../../observability/FakeClock.ts';
import { RecordingLogger } from '../../../observability/RecordingLogger.ts';
import { MemoryCollection } from '../../../storage/index.ts';
import { amountOf, microsOf, priceOf } from './amounts.ts';
import { RateBook } from './RateBook.ts';

const rate = (id: string, pricePerMinute: number, more: object = {}): Rate =>
  rateSchema.parse({ id, pricePerMinute, ...more });

async function open(...rates: Rate[]) {
  const collection = new MemoryCollection<Rate>(rates);
  const clock = new FakeClock();
  const book = await RateBook.create({ rates: collection, clock, logger: new RecordingLogger() });
  return { book, collection, clock };
}

describe('RateBook', () => {
  it('takes the longest prefix', async () => {
    const { book } = await open(rate('+', 1), rate('+49', 0.02), rate('+4915', 0.1), rate('+12025550123', 9));
    const prefixOf = (number: string) => book.rateOf(number)?.id;
    expect(prefixOf('+4930123456')).toBe('+49');
    expect(prefixOf('+4915112345678')).toBe('+4915');
    expect(prefixOf('+12025550123')).toBe('+12025550123');
    expect(prefixOf('+12025550124')).toBe('+');
    expect(prefixOf('+4')).toBe('+');
    book.close();
  });

  it('knows none where no prefix matches', async () => {
    const { book } = await open(rate('+49', 0.02));
    expect(book.rateOf('+12025550123')).toBeUndefined();
    expect(book.rateOf('+4')).toBeUndefined();
    book.close();
  });

  it('follows the store, at once on reload and else within a second', async () => {
    const { book, collection, clock } = await open();
    await collection.put(rate('+49', 0.02));
    await clock.advanceAsync(1000);
    expect(book.rateOf('+4930123456')?.pricePerMinute).toBe(0.02);
    await collection.put(rate('+49', 0.03));
    await book.reload();
    expect(book.rateOf('+4930123456')?.pricePerMinute).toBe(0.03);
    book.close();
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('priceOf', () => {
  it('is in millionths and milliseconds', () => {
    const written = rate('+49', 0.0199, { connectionFee: 0.05, firstSeconds: 30, incrementSeconds: 6 });
    expect(priceOf(written)).toEqual({
      connectionFeeMicros: 50_000,
      microsPerMinute: 19_900,
      firstMs: 30_000,
      incrementMs: 6000,
    });
  });

  it('keeps six decimal places, and their way back', () => {
    expect(microsOf(0.000001)).toBe(1);
    // 1.1 * 1e6 is 1100000.0000000002.
    expect(microsOf(1.1)).toBe(1_100_000);
    expect(amountOf(microsOf(0.123456))).toBe(0.123456);
  });
});
