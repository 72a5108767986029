import { z } from 'zod';
import { brandAssetIdSchema } from '../../../shared/admin/index.ts';
import { brandIdSchema } from '../../../shared/domain/index.ts';

export const assetTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml', 'font/woff2'] as const;
export type AssetType = (typeof assetTypes)[number];

/** The largest file of a brand, in bytes. */
export const maxAssetBytes = 512 * 1024;

/** A picture or a font of a brand, as stored. */
export const brandAssetSchema = z.strictObject({
  /** Hash of brand, type and content: what is behind an id never changes. */
  id: brandAssetIdSchema,
  brandId: brandIdSchema,
  contentType: z.enum(assetTypes),
  base64: z.base64(),
  /** When it was last uploaded or chosen, in milliseconds since the epoch. */
  touchedAtMs: z.number().int(),
});
export type BrandAsset = z.infer<typeof brandAssetSchema>;
