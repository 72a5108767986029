import { getCountries } from 'libphonenumber-js/min';

/** `Germany` for `DE`; the code itself where nobody has a name for it. */
export function createCountryNames(locale: string): (code: string) => string {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  return (code) => {
    try {
      return names.of(code) ?? code;
    } catch {
      return code;
    }
  };
}

/** Every country that has telephone numbers, by name. */
export function listCountries(locale: string): readonly { readonly id: string; readonly name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  return getCountries()
    .map((id) => ({ id: id as string, name: names.of(id) ?? id }))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
}
