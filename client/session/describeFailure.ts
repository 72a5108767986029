import type { TFunction } from 'i18next';
import { DialbridgeError, type WireError } from '../../shared/errors/index.ts';

/** An error of the bridge as a sentence: what happened and what to do. */
export function describeError(
  error: { code: WireError['code']; details?: WireError['details'] },
  t: TFunction,
): string {
  // Each sentence has placeholders of its own; which of them an error fills is only known at run time.
  const say = t as unknown as (key: string, values: Readonly<Record<string, string>>) => string;
  return say(`errors.${error.code}`, error.details ?? {});
}

/** Whatever a request to the bridge threw, as a sentence for the person. */
export function describeFailure(error: unknown, t: TFunction): string {
  if (error instanceof DialbridgeError) return describeError(error, t);
  return t('errors.bridgeUnreachable');
}
