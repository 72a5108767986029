import { describe } from 'vitest';
import type { UsageStore } from '../ports/UsageStore.ts';
import { describeUsageAccount } from './usageAccountContract.ts';
import { describeUsageAdmission } from './usageAdmissionContract.ts';
import { describeUsageExhaustion } from './usageExhaustionContract.ts';

/** What every `UsageStore` keeps to; `create` makes an empty one. */
export function describeUsageStore(name: string, create: () => Promise<UsageStore>): void {
  describe(`${name} as a usage store`, () => {
    describeUsageAdmission(create);
    describeUsageAccount(create);
    describeUsageExhaustion(create);
  });
}
