import { useEffect, useState } from 'react';
import type { Rate } from '../../../shared/admin/index.ts';
import { useBrand } from '../../branding/index.ts';
import { drop } from '../../state/index.ts';
import { useAdminApi } from '../api/index.ts';
import { findRate } from './findRate.ts';
import { numberIn } from './numberIn.ts';

export type RateLookup =
  /** What was searched for is no whole number. */
  | { readonly kind: 'none' }
  | { readonly kind: 'asking'; readonly number: string }
  | { readonly kind: 'answer'; readonly number: string; readonly rate: Rate | null };

/** Which rate has the number that was searched for? */
export function useRateLookup(text: string): RateLookup {
  const api = useAdminApi();
  const { defaultCountry } = useBrand();
  const number = numberIn(text, defaultCountry);
  const [answer, setAnswer] = useState<{ readonly number: string; readonly rate: Rate | null } | null>(null);
  useEffect(() => {
    if (number === null) return;
    let isCurrent = true;
    drop(
      findRate(api, number).then((rate) => isCurrent && setAnswer({ number, rate })),
      'looking for a rate',
    );
    return () => {
      isCurrent = false;
    };
  }, [api, number]);
  if (number === null) return { kind: 'none' };
  return answer?.number === number ? { kind: 'answer', ...answer } : { kind: 'asking', number };
}
