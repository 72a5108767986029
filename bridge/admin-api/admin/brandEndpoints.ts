import { z } from 'zod';
import {
  brandAssetIdSchema,
  brandDraftSchema,
  brandSeedSchema,
  brandSettingsSchema,
} from '../../../shared/admin/index.ts';
import type { Administration } from '../../administration/index.ts';
import { defineEndpoint, type Endpoint } from '../endpoints/index.ts';
import { adminPath, editingRoles, entityEndpoints, operatorOnly, plainCreation } from './entityEndpoints.ts';

const assetTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml', 'font/woff2'] as const;
const assetLimit = 524_288;

export function brandEndpoints({
  brands,
  brandAssets,
}: Pick<Administration, 'brands' | 'brandAssets'>): readonly Endpoint[] {
  const { id } = brandSettingsSchema.shape;
  return [
    ...entityEndpoints(brands, plainCreation(brands, { body: brandSeedSchema, view: brandSettingsSchema }), {
      path: 'brands',
      tag: 'Brands',
      names: { one: 'Brand', many: 'Brands' },
      noun: 'a brand',
      id,
      write: brandDraftSchema,
      view: brandSettingsSchema,
      makers: operatorOnly,
      changeErrors: ['inUse'],
    }),
    defineEndpoint({
      method: 'post',
      path: `${adminPath}/brands/{id}/assets`,
      operationId: 'addBrandAsset',
      tag: 'Brands',
      summary: 'Uploads a picture or a font, for the brand’s logo or font',
      caller: 'administrator',
      roles: editingRoles,
      params: z.object({ id }),
      body: { contentTypes: assetTypes, limit: assetLimit },
      answer: {
        status: 201,
        description: 'Its id, for `logo` or `font` of the brand, and where it is served',
        schema: z.object({ id: brandAssetIdSchema, url: z.string() }),
      },
      handle: ({ caller, params, body, contentType }) =>
        brandAssets.add(caller, params.id, { contentType, content: body }),
    }),
  ];
}
