import { type Rate, type RateSeed, rateSchema } from '../shared/admin/index.ts';
import type { Collection } from './storage/index.ts';

/** Puts the first rates into storage, all at once (a rate sheet has a hundred thousand lines), never over one that is there. */
export async function seedRates(rates: Pick<Collection<Rate>, 'updateAll'>, seed: readonly RateSeed[]): Promise<void> {
  if (seed.length === 0) return;
  const seeded = seed.map((rate) => [rate.id, rateSchema.parse(rate)] as const);
  await rates.updateAll((present) => new Map([...seeded, ...present]));
}
