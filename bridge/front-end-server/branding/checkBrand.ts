import { isSupportedCountry } from 'libphonenumber-js/max';
import type { BrandSettings } from '../../../shared/admin/index.ts';
import { invalidSetting, type SettingProblem } from '../../../shared/errors/index.ts';

type Checked = Pick<BrandSettings, 'id' | 'name' | 'hostNames' | 'defaultCountry'>;

/**
 * What the schema alone can't show to be wrong with a brand among all (which may have an older version of it).
 * @throws DialbridgeError `invalidSetting` with the keys and what was expected
 */
export function checkBrand(brand: Checked, all: Iterable<Checked>): void {
  const problems: SettingProblem[] = [];
  if (!isSupportedCountry(brand.defaultCountry)) {
    const expected = 'expected a country that has telephone numbers (ISO 3166-1 alpha-2)';
    problems.push({ key: 'defaultCountry', expected });
  }
  const others = [...all].filter(({ id }) => id !== brand.id);
  for (const [index, hostName] of brand.hostNames.entries()) {
    const key = `hostNames.${index}`;
    const owner = others.find(({ hostNames }) => hostNames.includes(hostName));
    if (owner)
      problems.push({ key, expected: `expected a host name of this brand alone; this is one of ${owner.name}` });
    if (brand.hostNames.indexOf(hostName) !== index) problems.push({ key, expected: 'expected each host name once' });
  }
  const [first, ...rest] = problems;
  if (first) throw invalidSetting([first, ...rest]);
}
