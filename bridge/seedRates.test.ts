import { describe, expect, it } from 'vitest';
import { type Rate, rateSchema, rateSeedSchema } from '../shared/admin/index.ts';
import { seedRates } from './seedRates.ts';
import { MemoryCollection } from './storage/memory/index.ts';

const seed = (id: string, pricePerMinute: number) => rateSeedSchema.parse({ id, pricePerMinute });

describe('seedRates', () => {
  it('adds rates that are not there yet, and leaves what was edited as it is', async () => {
    const edited = rateSchema.parse({ id: '+49', pricePerMinute: 0.05, revision: 3, updatedAtMs: 1 });
    const rates = new MemoryCollection<Rate>([edited]);
    await seedRates(rates, [seed('+49', 0.01), seed('+1', 0.02)]);
    expect(await rates.get('+49')).toEqual(edited);
    expect(await rates.get('+1')).toEqual({
      ...{ id: '+1', pricePerMinute: 0.02, connectionFee: 0, firstSeconds: 60, incrementSeconds: 60 },
      ...{ revision: 1, updatedAtMs: 0 },
    });
  });

  it('writes nothing where nothing is seeded', async () => {
    const updateAll = () => {
      throw new Error('written');
    };
    await seedRates({ updateAll }, []);
  });
});
