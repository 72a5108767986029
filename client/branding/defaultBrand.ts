import { type Brand, brandSchema } from '../../shared/protocol/index.ts';

/** Before the bridge has told whose page this is. */
export const defaultBrand: Brand = brandSchema.parse({
  id: 'default',
  name: 'Dialbridge',
  defaultCountry: 'US',
  language: 'en',
});
