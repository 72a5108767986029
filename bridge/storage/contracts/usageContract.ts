import { describe, it } from 'vitest';
import type { UsageStore } from '../ports/UsageStore.ts';
import { describeUsageAccount } from './usageAccountContract.ts';
import { describeUsageAdmission } from './usageAdmissionContract.ts';
import { describeUsageExhaustion } from './usageExhaustionContract.ts';
import { expectNoInterleavingPassesALimit } from './usageInterleavings.ts';

/** What every `UsageStore` keeps to; `create` makes an empty one. */
export function describeUsageStore(name: string, create: () => Promise<UsageStore>): void {
  describe(`${name} as a usage store`, () => {
    describeUsageAdmission(create);
    describeUsageAccount(create);
    describeUsageExhaustion(create);

    it('lets no interleaving of dials, answers and ends pass a limit', async () => {
      await expectNoInterleavingPassesALimit(await create(), { numRuns: 50 });
    });
  });
}
