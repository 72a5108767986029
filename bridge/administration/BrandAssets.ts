import type { BrandSettings } from '../../shared/admin/index.ts';
import type { BrandId } from '../../shared/domain/index.ts';
import type { Actor } from './editing/Actor.ts';
import type { AuditTrail } from './editing/AuditTrail.ts';
import type { EntityEditor } from './editing/EntityEditor.ts';
import type { BrandWrite } from './kinds/brandKind.ts';

export interface AssetUpload {
  /** `image/png`, without parameters. */
  readonly contentType: string;
  readonly content: Uint8Array;
}

export interface BrandAssetsDeps {
  readonly brands: EntityEditor<BrandSettings, BrandWrite, BrandSettings>;
  /** Looks whether the content is what its type says, and keeps it. @throws DialbridgeError `badRequest`, `invalidSetting` */
  readonly addAsset: (brandId: BrandId, upload: AssetUpload) => Promise<{ readonly id: string; readonly url: string }>;
  readonly trail: AuditTrail;
}

/** Pictures and fonts of brands. */
export class BrandAssets {
  readonly #deps: BrandAssetsDeps;

  constructor(deps: BrandAssetsDeps) {
    this.#deps = deps;
  }

  /** @throws DialbridgeError `notFound`, `forbidden`, `badRequest`, `invalidSetting` */
  async add(
    actor: Actor,
    brandId: BrandId,
    upload: AssetUpload,
  ): Promise<{ readonly id: string; readonly url: string }> {
    const { brands, addAsset, trail } = this.#deps;
    await brands.findEditable(actor, brandId);
    const asset = await addAsset(brandId, upload);
    // After it is kept, since its id comes from there: nobody sees it before a change of the brand names it.
    await trail.record(actor, {
      action: 'create',
      kind: 'brandAsset',
      entityId: asset.id,
      brandId,
      before: null,
      after: { type: upload.contentType, bytes: upload.content.byteLength },
    });
    return asset;
  }
}
