import { z } from 'zod';
import { brandIdSchema } from '../domain/index.ts';

const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'expected a colour such as #0d5c4d, in small letters');

/** The colours that a brand sets for one scheme; all others are derived from them. */
export const brandColoursSchema = z.strictObject({
  accent: colour.describe('Buttons and marks'),
  onAccent: colour.describe('Text and signs on the accent'),
  accentText: colour.describe('Links and other text in the brand’s colour, on the page'),
  stage: colour.describe('Ground of the call screen and of the sign-in page'),
  onStage: colour.describe('Text on the stage'),
});
export type BrandColours = z.infer<typeof brandColoursSchema>;

export const brandPaletteSchema = z.strictObject({ light: brandColoursSchema, dark: brandColoursSchema });
export type BrandPalette = z.infer<typeof brandPaletteSchema>;

export const brandFontSchema = z.object({
  family: z.enum(['figtree', 'system', 'serif', 'rounded', 'uploaded']),
  url: z.string().nullable().describe('Of the WOFF2 file of an uploaded font, below the bridge’s origin'),
});

/** What the client offers under this brand. */
export const brandFeaturesSchema = z.strictObject({
  contacts: z.boolean().default(true).describe('Address book'),
  history: z.boolean().default(true).describe('List of earlier calls'),
  settings: z.boolean().default(true).describe('Settings page'),
  keypad: z.boolean().default(true).describe('Tones in a call'),
  transfer: z.boolean().default(true).describe('Passing a call on'),
});
export type BrandFeatures = z.infer<typeof brandFeaturesSchema>;

export const legalLinkSchema = z.strictObject({
  label: z.string().min(1).max(60),
  url: z.url({ protocol: /^https?$/ }),
});

/** What a client needs to paint itself. */
export const brandSchema = z.object({
  id: brandIdSchema,
  name: z.string().min(1).max(100),
  revision: z.number().int().default(1),
  logo: z
    .object({ light: z.string(), dark: z.string().nullable() })
    .nullable()
    .default(null)
    .describe('Paths of pictures below the bridge’s origin; null: the usual sign in the brand’s colours'),
  palette: brandPaletteSchema.nullable().default(null).describe('null: the usual colours'),
  font: brandFontSchema.nullable().default(null),
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .describe('ISO 3166-1 alpha-2: how numbers without a plus are read'),
  language: z.string().min(2).max(35).describe('BCP 47'),
  timeZone: z.string().default('UTC').describe('IANA name; where the brand’s days begin'),
  supportUrl: z.url().optional(),
  legalLinks: z.array(legalLinkSchema).default([]),
  features: brandFeaturesSchema.prefault({}),
  callerNumbers: z
    .array(z.string())
    .default([])
    .describe('Caller IDs that a person may choose from, the usual one first'),
});
export type Brand = z.infer<typeof brandSchema>;
