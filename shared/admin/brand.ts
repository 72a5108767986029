import { z } from 'zod';
import { checkPalette } from '../branding/index.ts';
import { brandIdSchema, gatewayIdSchema } from '../domain/index.ts';
import {
  type BrandPalette,
  brandFeaturesSchema,
  brandFontSchema,
  brandPaletteSchema,
  legalLinkSchema,
} from '../protocol/index.ts';
import {
  callerNumberSchema,
  countrySchema,
  keptFields,
  languageSchema,
  plainText,
  slugSchema,
  timeZoneSchema,
} from './kept.ts';

export const hostNameSchema = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'expected a host name in small letters, without scheme and port');

/** Emergency numbers are decided by this before any rule is asked. */
export const emergencySchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('refuse') }),
  z.strictObject({
    mode: z.literal('route'),
    gatewayIds: z.array(gatewayIdSchema).min(1).describe('Gateways that take emergency calls, in the order of trying'),
  }),
]);
export type EmergencySetting = z.infer<typeof emergencySchema>;

/** A picture or a font that was uploaded for a brand (`POST /admin/brands/:id/assets`). */
export const brandAssetIdSchema = z.string().regex(/^[a-z0-9]{16,64}$/);

const fields = z.strictObject({
  name: plainText(100).describe('Name that people see'),
  logo: z
    .strictObject({ light: brandAssetIdSchema, dark: brandAssetIdSchema.nullable().default(null) })
    .nullable()
    .default(null)
    .describe('Uploaded pictures; null: the sign of Dialbridge in the brand’s colours'),
  palette: brandPaletteSchema.nullable().default(null).describe('null: the usual colours'),
  font: z
    .strictObject({ family: brandFontSchema.shape.family, assetId: brandAssetIdSchema.nullable().default(null) })
    .nullable()
    .default(null)
    .describe('A family that is built in, or an uploaded WOFF2 file; null: the usual font'),
  defaultCountry: countrySchema.default('US').describe('How numbers without a plus are read'),
  language: languageSchema.default('en').describe('BCP 47; what people get who didn’t choose'),
  timeZone: timeZoneSchema.default('UTC').describe('Where its days begin, for limits per day'),
  supportUrl: z
    .url({ protocol: /^(https?|mailto)$/ })
    .nullable()
    .default(null)
    .describe('Where people find help; null: no link is shown'),
  legalLinks: z.array(legalLinkSchema).max(10).default([]).describe('Imprint, privacy and the like: `{ label, url }`'),
  features: brandFeaturesSchema.prefault({}),
  callerNumbers: z
    .array(callerNumberSchema)
    .max(1000)
    .default([])
    .describe('Caller IDs that may be shown, the usual one first'),
  hostNames: z
    .array(hostNameSchema)
    .max(1000)
    .default([])
    .describe('Host names of its pages; each belongs to one brand'),
  emergency: emergencySchema.default({ mode: 'refuse' }).describe('What becomes of calls to emergency numbers'),
});

interface Looks {
  readonly palette: BrandPalette | null;
  readonly font: { readonly family: string; readonly assetId?: string | null } | null;
}

/** Refuses colours that can't be read on each other, each with the ratio that it reaches, and a font without its file. */
export function checkLooks({ palette, font }: Looks, context: z.RefinementCtx): void {
  for (const { scheme, key, message } of palette === null ? [] : checkPalette(palette)) {
    context.addIssue({ code: 'custom', path: ['palette', scheme, key], message });
  }
  const hasFile = typeof font?.assetId === 'string';
  if (font !== null && (font.family === 'uploaded') !== hasFile) {
    const message = hasFile ? 'expected null, since the font is built in' : 'expected an uploaded WOFF2 file';
    context.addIssue({ code: 'custom', path: ['font', 'assetId'], message });
  }
}

/** A brand as its manager writes it. */
export const brandDraftSchema = fields.superRefine(checkLooks);
export type BrandDraft = z.infer<typeof brandDraftSchema>;

/** As the config's `seed` has it. */
export const brandSeedSchema = brandDraftSchema.extend({ id: brandIdSchema.and(slugSchema) });

/** Not checked for its looks again: a check that becomes stricter must not make what is kept unreadable. */
export const brandSettingsSchema = fields.extend({ id: brandSeedSchema.shape.id, ...keptFields });
/** A brand as it is kept; what clients get of it is `Brand`. */
export type BrandSettings = z.infer<typeof brandSettingsSchema>;
