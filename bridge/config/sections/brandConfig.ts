import { isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import { brandDraftSchema, brandSeedSchema, checkLooks } from '../../../shared/admin/index.ts';
import { brandIdSchema } from '../../../shared/domain/index.ts';

// Pictures and font files are uploaded, which makes the brand an edited one.
const { logo: _logo, font: _font, name, defaultCountry, ...plain } = brandDraftSchema.shape;

const telephoneCountry = defaultCountry
  .unwrap()
  .refine(isSupportedCountry, 'expected a country that has telephone numbers (ISO 3166-1 alpha-2)');

/** The section `brand`: the default brand, as long as nobody edits it in the admin pages. */
export const defaultBrandSchema = z
  .strictObject({
    id: brandSeedSchema.shape.id
      .default(brandIdSchema.parse('default'))
      .describe('Id of the brand in records. This section counts until somebody edits the brand in the admin pages.'),
    name: name.default('Dialbridge').describe('Name that people see.'),
    ...plain,
    defaultCountry: telephoneCountry.default('US').describe('Country by which numbers without a plus are read.'),
    font: z
      .strictObject({ family: z.enum(['figtree', 'system', 'serif', 'rounded']).describe('A font that is built in.') })
      .nullable()
      .default(null),
  })
  .superRefine(checkLooks);

export const seededBrandSchema = brandSeedSchema.safeExtend({ defaultCountry: telephoneCountry.default('US') });
