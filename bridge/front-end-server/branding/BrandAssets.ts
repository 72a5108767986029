import { createHash } from 'node:crypto';
import type { BrandSettings } from '../../../shared/admin/index.ts';
import type { BrandId } from '../../../shared/domain/index.ts';
import { invalidSetting, type SettingProblem } from '../../../shared/errors/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { Collection } from '../../storage/index.ts';
import { type AssetType, assetTypes, type BrandAsset, maxAssetBytes } from './BrandAsset.ts';
import type { Brands } from './Brands.ts';
import { sniffAssetType } from './sniffAssetType.ts';
import { assetUrl } from './toBrand.ts';

export interface BrandAssetsDeps {
  readonly assets: Collection<BrandAsset>;
  readonly brands: Pick<Brands, 'has' | 'settings'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** The parts of a brand that name files. */
export type BrandLooks = Pick<BrandSettings, 'logo' | 'font'>;

/** Who uploads a file has so long to save the brand with it, in milliseconds. */
const editingTimeMs = 3_600_000;

/** Files that nobody uses are kept so long, but no more of them than this for each brand. */
const maxUnusedAssets = 20;

/** Pictures and fonts that were uploaded for brands. What is not used goes by itself. */
export class BrandAssets {
  readonly #deps: BrandAssetsDeps;

  constructor(deps: BrandAssetsDeps) {
    this.#deps = deps;
  }

  /**
   * Keeps a file, so that the brand can be saved with its id within an hour. The same file again has the same id.
   * @throws DialbridgeError `invalidSetting` when it is too large, or not what `contentType` says
   */
  async add(brandId: BrandId, contentType: string, bytes: Uint8Array): Promise<{ id: string; url: string }> {
    const type = demandType(contentType, bytes);
    const id = createHash('sha256').update(`${brandId}\n${type}\n`).update(bytes).digest('hex');
    const touchedAtMs = this.#deps.clock.now();
    const base64 = Buffer.from(bytes).toString('base64');
    await this.#deps.assets.put({ id, brandId, contentType: type, base64, touchedAtMs });
    await this.removeUnused(brandId);
    return { id, url: assetUrl(id) };
  }

  async get(id: string): Promise<{ contentType: AssetType; bytes: Buffer } | undefined> {
    const asset = await this.#deps.assets.get(id);
    return asset && { contentType: asset.contentType, bytes: Buffer.from(asset.base64, 'base64') };
  }

  /**
   * Call it before a brand is saved: the files that it names are there, its own, and of the right kind; and they stay.
   * @throws DialbridgeError `invalidSetting` with the key
   */
  async demand(brandId: BrandId, { logo, font }: BrandLooks): Promise<void> {
    const problems: SettingProblem[] = [];
    const look = async (key: string, id: string | null | undefined, isFont: boolean) => {
      if (typeof id !== 'string') return;
      const isThere = await this.#touch(id, (asset) => asset.brandId === brandId && isFontType(asset) === isFont);
      const expected = `expected the id of ${isFont ? 'a font' : 'a picture'} that was uploaded for this brand`;
      if (!isThere) problems.push({ key, expected });
    };
    await look('logo.light', logo?.light, false);
    await look('logo.dark', logo?.dark, false);
    await look('font.assetId', font?.assetId, true);
    const [first, ...rest] = problems;
    if (first) throw invalidSetting([first, ...rest]);
  }

  /** Call it when a brand has changed. Without a brand: looks at all. */
  async removeUnused(brandId?: BrandId): Promise<void> {
    const { assets, clock } = this.#deps;
    const unused = (await assets.list())
      .filter((asset) => (brandId === undefined || asset.brandId === brandId) && !this.#isUsed(asset))
      .toSorted((a, b) => b.touchedAtMs - a.touchedAtMs);
    const tooOldMs = clock.now() - editingTimeMs;
    const counts = new Map<BrandId, number>();
    for (const asset of unused) {
      const count = (counts.get(asset.brandId) ?? 0) + 1;
      counts.set(asset.brandId, count);
      if (count > maxUnusedAssets || asset.touchedAtMs < tooOldMs) await assets.delete(asset.id);
    }
  }

  async #touch(id: string, isRight: (asset: BrandAsset) => boolean): Promise<boolean> {
    const asset = await this.#deps.assets.update(id, (present) =>
      present && isRight(present) ? { ...present, touchedAtMs: this.#deps.clock.now() } : present,
    );
    return asset !== undefined && isRight(asset);
  }

  #isUsed({ id, brandId }: BrandAsset): boolean {
    if (!this.#deps.brands.has(brandId)) return false;
    const { logo, font } = this.#deps.brands.settings(brandId);
    return [logo?.light, logo?.dark, font?.assetId].includes(id);
  }
}

function demandType(contentType: string, bytes: Uint8Array): AssetType {
  const written = contentType.split(';')[0]?.trim().toLowerCase();
  const type = assetTypes.find((one) => one === written);
  if (type === undefined) throw badFile(`expected one of ${assetTypes.join(', ')}`);
  if (bytes.byteLength > maxAssetBytes) throw badFile(`expected at most ${maxAssetBytes / 1024} KiB`);
  if (sniffAssetType(bytes) !== type) throw badFile(`expected a file that is what it says: ${type}`);
  return type;
}

function badFile(expected: string) {
  return invalidSetting([{ key: 'file', expected }]);
}

function isFontType({ contentType }: BrandAsset): boolean {
  return contentType === 'font/woff2';
}
