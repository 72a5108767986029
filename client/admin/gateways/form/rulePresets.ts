import type { NumberRule } from '../../../../shared/admin/index.ts';
import { nationalForm } from '../../../phone-numbers/index.ts';

/** The usual ways in which gateways want numbers. `own`: anything else. */
export type RulePreset = 'plus' | 'digits' | 'zeros' | 'national' | 'own';

/** The rules that write E.164 numbers so. `national`: as within a country, and other countries with its way out. */
export function rulesOfPreset(preset: Exclude<RulePreset, 'own'>, country: string): readonly NumberRule[] {
  const form = nationalForm(country);
  switch (preset) {
    case 'plus':
      return [];
    case 'digits':
      return [{ match: '+', strip: 1, add: '' }];
    case 'zeros':
      return [{ match: '+', strip: 1, add: '00' }];
    case 'national':
      if (form === null) return [];
      return [
        { match: form.callingCode, strip: form.callingCode.length, add: form.trunkPrefix },
        { match: '+', strip: 1, add: form.internationalPrefix },
      ];
  }
}

/** Which of the usual ways these rules are, for a country. */
export function presetOf(rules: readonly NumberRule[], country: string): RulePreset {
  const usual = ['plus', 'digits', 'zeros', 'national'] as const;
  return usual.find((preset) => isSame(rulesOfPreset(preset, country), rules)) ?? 'own';
}

function isSame(a: readonly NumberRule[], b: readonly NumberRule[]): boolean {
  const said = (rules: readonly NumberRule[]) =>
    rules.map(({ match, strip, add }) => `${match}/${strip}/${add}`).join();
  return said(a) === said(b);
}
