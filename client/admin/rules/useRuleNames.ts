import { useMemo } from 'react';
import { useOptions } from '../api/index.ts';
import type { RuleNames } from './describeRule.ts';

/** The names that sentences use for what rules name by id. */
export function useRuleNames(): RuleNames {
  const groups = useOptions('groups');
  const brands = useOptions('brands');
  const embedKeys = useOptions('embedKeys');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names change when the options do.
  return useMemo(
    () => ({ group: groups.nameOf, brand: brands.nameOf, embedKey: embedKeys.nameOf }),
    [groups.options, brands.options, embedKeys.options],
  );
}
