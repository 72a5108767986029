import type { BrandSettings } from '../../../shared/admin/index.ts';
import type { Brand } from '../../../shared/protocol/index.ts';

/** Where an uploaded picture or font is served, below the bridge's origin. */
export function assetUrl(assetId: string): string {
  return `/api/v1/branding/assets/${assetId}`;
}

/** What clients get of a brand. Its host names and what it does with emergency calls stay inside. */
export function toBrand(settings: BrandSettings): Brand {
  const { id, name, revision, palette, defaultCountry, language, timeZone, legalLinks, features, callerNumbers } =
    settings;
  const { logo, font, supportUrl } = settings;
  return {
    id,
    name,
    revision,
    logo: logo && { light: assetUrl(logo.light), dark: logo.dark && assetUrl(logo.dark) },
    palette,
    font: font && { family: font.family, url: font.assetId && assetUrl(font.assetId) },
    defaultCountry,
    language,
    timeZone,
    ...(supportUrl !== null && { supportUrl }),
    legalLinks,
    features,
    callerNumbers,
  };
}
