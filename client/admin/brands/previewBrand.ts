import { defaultPalette } from '../../../shared/branding/index.ts';
import { type Brand, type BrandPalette, brandFeaturesSchema, brandSchema } from '../../../shared/protocol/index.ts';
import { type BrandFields, brandInputOf, colourNames, paletteOf, schemes } from './brandFields.ts';
import { isColour } from './tidyColour.ts';

/** Where the bridge serves what was uploaded for a brand. */
export function assetUrl(assetId: string): string {
  return `/api/v1/branding/assets/${assetId}`;
}

/** What clients would get of the brand as it stands in the form. What can't be painted yet is as usual. */
export function previewBrand(fields: BrandFields): Brand {
  const { logo, font, features, defaultCountry, language, supportUrl, legalLinks } = brandInputOf(fields, false);
  return {
    ...brandSchema.parse({ id: 'preview', name: 'x', defaultCountry: 'US', language: 'en' }),
    // Of a name that is not written yet there is nothing to see.
    name: fields.name.trim() === '' ? '–' : fields.name,
    logo: logo && { light: assetUrl(logo.light), dark: logo.dark === null ? null : assetUrl(logo.dark) },
    palette: fields.hasPalette ? paintable(paletteOf(fields)) : null,
    font: font && { family: font.family, url: font.assetId === null ? null : assetUrl(font.assetId) },
    defaultCountry: defaultCountry ?? 'US',
    language: language ?? 'en',
    ...(supportUrl !== null && { supportUrl }),
    legalLinks: legalLinks.filter(({ label, url }) => label !== '' && url !== ''),
    features: brandFeaturesSchema.parse(features),
  };
}

/** With the usual colour in the place of one that is not written to its end. */
export function paintable(palette: BrandPalette): BrandPalette {
  const [light, dark] = schemes.map((scheme) => {
    const colours = { ...palette[scheme] };
    for (const name of colourNames) {
      if (!isColour(colours[name])) colours[name] = defaultPalette[scheme][name];
    }
    return colours;
  });
  return { light: light ?? defaultPalette.light, dark: dark ?? defaultPalette.dark };
}
