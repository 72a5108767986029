import type { BrandSettings } from '../../../shared/admin/index.ts';
import { defaultPalette } from '../../../shared/branding/index.ts';
import {
  type BrandColours,
  type BrandFeatures,
  type BrandPalette,
  brandColoursSchema,
  brandFeaturesSchema,
} from '../../../shared/protocol/index.ts';

export type Scheme = keyof BrandPalette;
export type ColourName = keyof BrandColours;
export type ColourKey = `palette.${Scheme}.${ColourName}`;
export type FontFamily = NonNullable<BrandSettings['font']>['family'];

/** One of the links that a brand must show. */
export interface LinkRow {
  /** For React alone. */
  readonly key: number;
  readonly label: string;
  readonly url: string;
}

/** A brand while it is written, by the paths of its settings. */
export interface BrandFields
  extends Readonly<Record<ColourKey, string>>,
    Readonly<Record<`features.${keyof BrandFeatures}`, boolean>> {
  readonly id: string;
  readonly name: string;
  readonly 'logo.light': string | null;
  readonly 'logo.dark': string | null;
  /** Colours of its own; those that are written stay while they are off. */
  readonly hasPalette: boolean;
  /** Null: the usual one. */
  readonly 'font.family': FontFamily | null;
  readonly 'font.assetId': string | null;
  readonly defaultCountry: string | null;
  readonly language: string | null;
  readonly timeZone: string;
  readonly supportUrl: string;
  readonly legalLinks: readonly LinkRow[];
  readonly hostNames: readonly string[];
  readonly callerNumbers: readonly string[];
  readonly 'emergency.mode': BrandSettings['emergency']['mode'];
  readonly 'emergency.gatewayIds': readonly string[];
}

export const schemes: readonly Scheme[] = ['light', 'dark'];
export const colourNames = brandColoursSchema.keyof().options;
export const featureNames = brandFeaturesSchema.keyof().options;

export function brandFieldsOf(brand: BrandSettings | null, timeZone: string): BrandFields {
  const palette = brand?.palette ?? defaultPalette;
  const features = brandFeaturesSchema.parse(brand?.features ?? {});
  return {
    id: brand?.id ?? '',
    name: brand?.name ?? '',
    'logo.light': brand?.logo?.light ?? null,
    'logo.dark': brand?.logo?.dark ?? null,
    hasPalette: brand?.palette !== undefined && brand.palette !== null,
    ...(Object.fromEntries(
      schemes.flatMap((scheme) => colourNames.map((name) => [`palette.${scheme}.${name}`, palette[scheme][name]])),
    ) as Record<ColourKey, string>),
    'font.family': brand?.font?.family ?? null,
    'font.assetId': brand?.font?.assetId ?? null,
    defaultCountry: brand?.defaultCountry ?? 'US',
    language: brand?.language ?? 'en',
    timeZone: brand?.timeZone ?? timeZone,
    supportUrl: brand?.supportUrl ?? '',
    legalLinks: (brand?.legalLinks ?? []).map((link, index) => ({ key: index + 1, ...link })),
    ...(Object.fromEntries(featureNames.map((name) => [`features.${name}`, features[name]])) as Record<
      `features.${keyof BrandFeatures}`,
      boolean
    >),
    hostNames: brand?.hostNames ?? [],
    callerNumbers: brand?.callerNumbers ?? [],
    'emergency.mode': brand?.emergency.mode ?? 'refuse',
    'emergency.gatewayIds': brand?.emergency.mode === 'route' ? brand.emergency.gatewayIds : [],
  };
}

/** What the fields say, for the schema to check. `isNew`: with the id that it gets. */
export function brandInputOf(fields: BrandFields, isNew: boolean) {
  const light = fields['logo.light'];
  const family = fields['font.family'];
  return {
    ...(isNew && { id: fields.id }),
    name: fields.name,
    logo: light === null ? null : { light, dark: fields['logo.dark'] },
    palette: fields.hasPalette ? paletteOf(fields) : null,
    font: family === null ? null : { family, assetId: family === 'uploaded' ? fields['font.assetId'] : null },
    defaultCountry: fields.defaultCountry,
    language: fields.language,
    timeZone: fields.timeZone,
    supportUrl: fields.supportUrl.trim() === '' ? null : fields.supportUrl.trim(),
    legalLinks: fields.legalLinks.map(({ label, url }) => ({ label: label.trim(), url: url.trim() })),
    features: Object.fromEntries(featureNames.map((name) => [name, fields[`features.${name}`]])),
    hostNames: [...fields.hostNames],
    callerNumbers: [...fields.callerNumbers],
    emergency:
      fields['emergency.mode'] === 'route'
        ? { mode: 'route', gatewayIds: [...fields['emergency.gatewayIds']] }
        : { mode: 'refuse' },
  };
}

/** The colours as written, good or not. */
export function paletteOf(fields: BrandFields): BrandPalette {
  const coloursOf = (scheme: Scheme) =>
    Object.fromEntries(colourNames.map((name) => [name, fields[`palette.${scheme}.${name}`]])) as BrandColours;
  return { light: coloursOf('light'), dark: coloursOf('dark') };
}
