import { isDeepStrictEqual } from 'node:util';
import type { EmbedKey, Rule } from '../../../shared/admin/index.ts';
import { highRiskNumberTypes } from '../../../shared/domain/index.ts';
import type { SettingProblem } from '../../../shared/errors/index.ts';
import type { Actor } from '../editing/Actor.ts';

/**
 * Premium-rate, satellite and international-network numbers are paid by the operator, so only operators open them. What an
 * operator opened in a brand's rule or key may stay as long as it is left as it is.
 */
export function findHighRiskTypes(actor: Actor, rule: Rule, before: Rule | null): readonly SettingProblem[] {
  if (actor.brandId === null || rule.action === 'deny') return [];
  if (before?.action === 'allow' && isDeepStrictEqual(rule.to, before.to)) return [];
  return (rule.to?.types ?? []).flatMap((type, index) =>
    highRiskNumberTypes.includes(type)
      ? [
          {
            key: `to.types.${index}`,
            expected: 'expected kinds that a brand manager may open: these only operators open',
          },
        ]
      : [],
  );
}

/** As for rules; a prefix of a key never opens such numbers, one that is named in full does. */
export function findHighRiskDestinations(
  actor: Actor,
  { destinations }: EmbedKey,
  { before, isHighRisk }: { readonly before: EmbedKey | null; readonly isHighRisk: (e164: string) => boolean },
): readonly SettingProblem[] {
  if (actor.brandId === null) return [];
  const given = new Set(before?.destinations.filter(({ isPrefix }) => !isPrefix).map(({ number }) => number));
  return destinations.flatMap(({ number, isPrefix }, index) =>
    !isPrefix && !given.has(number) && isHighRisk(number)
      ? [
          {
            key: `destinations.${index}.number`,
            expected: 'expected a number that a brand manager may open: this expensive one only operators open',
          },
        ]
      : [],
  );
}
