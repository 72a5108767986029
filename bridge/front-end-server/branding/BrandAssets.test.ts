import { beforeEach, describe, expect, it } from 'vitest';
import type { BrandSettings } from '../../../shared/admin/index.ts';
import type { BrandId } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { MemoryCollection } from '../../storage/memory/index.ts';
import { makeBrand } from '../testing/openBrands.ts';
import { type BrandAsset, maxAssetBytes } from './BrandAsset.ts';
import { BrandAssets } from './BrandAssets.ts';

const acme = 'acme' as BrandId;
const hour = 3_600_000;
const bytesOf = (text: string) => Buffer.from(text, 'latin1');
const png = bytesOf('\x89PNG\r\n\x1a\nand so on');
const svg = (inside = '') => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`);
const woff2 = bytesOf('wOF2 and so on');

describe('BrandAssets', () => {
  let clock: FakeClock;
  let kept: MemoryCollection<BrandAsset>;
  let assets: BrandAssets;
  let brand: BrandSettings | undefined;

  beforeEach(() => {
    clock = new FakeClock();
    kept = new MemoryCollection();
    brand = makeBrand({ id: 'acme' });
    const settings = () => brand ?? makeBrand({ id: 'default' });
    assets = new BrandAssets({ assets: kept, clock, brands: { has: () => brand !== undefined, settings } });
  });

  const wear = (light: string, font: string | null = null) => {
    brand = makeBrand({
      id: 'acme',
      logo: { light, dark: null },
      font: font === null ? null : { family: 'uploaded', assetId: font },
    });
  };
  const ids = async () => (await kept.list()).map(({ id }) => id);

  it.each([
    ['image/png', png],
    ['image/jpeg', bytesOf('\xff\xd8\xff\xe0 and so on')],
    ['image/webp', bytesOf('RIFF\x10\0\0\0WEBPVP8 ')],
    ['font/woff2', woff2],
    ['image/svg+xml', svg()],
    [
      'image/svg+xml',
      Buffer.from('\ufeff<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg PUBLIC "x" "y">\n<!--b--><svg\nid="a"/>'),
    ],
    ['Image/PNG; charset=x', png],
  ])('keeps a file of the type %s, and gives back what it got', async (type, bytes) => {
    const { id, url } = await assets.add(acme, type, bytes);
    expect(url).toBe(`/api/v1/branding/assets/${id}`);
    const stored = await assets.get(id);
    expect(stored?.bytes.equals(bytes)).toBe(true);
    expect(type.toLowerCase()).toContain(stored?.contentType);
  });

  it.each([
    ['image/png', svg()],
    ['image/svg+xml', png],
    ['image/svg+xml', Buffer.from('<html><svg></svg></html>')],
    ['image/svg+xml', Buffer.from('<svgx></svgx>')],
    ['image/svg+xml', Buffer.from('<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>')],
    ['image/svg+xml', Buffer.from('<svg>\xff</svg>', 'latin1')],
    ['image/svg+xml', Buffer.from('<!-- never closed <svg></svg>')],
    ['image/jpeg', bytesOf('\xff\xd8')],
    ['image/webp', bytesOf('RIFF\x10\0\0\0WAVEfmt ')],
    ['font/woff2', bytesOf('wOFF and so on')],
    ['text/html', Buffer.from('<html></html>')],
    ['image/gif', bytesOf('GIF89a')],
    ['', png],
    ['image/png', Buffer.alloc(0)],
  ])('refuses as %s what is something else (%#)', async (type, bytes) => {
    await expect(assets.add(acme, type, bytes)).rejects.toMatchObject({ code: 'invalidSetting' });
    expect(await ids()).toEqual([]);
  });

  it('takes a file of 512 KiB and refuses one of a byte more', async () => {
    const largest = Buffer.concat([png, Buffer.alloc(maxAssetBytes - png.length)]);
    await assets.add(acme, 'image/png', largest);
    await expect(assets.add(acme, 'image/png', Buffer.concat([largest, Buffer.alloc(1)]))).rejects.toMatchObject({
      details: { key: 'file', expected: 'expected at most 512 KiB' },
    });
  });

  it('gives the same file the same id, and other brands’ and other files other ones', async () => {
    const { id } = await assets.add(acme, 'image/png', png);
    expect((await assets.add(acme, 'image/png', png)).id).toBe(id);
    expect((await assets.add('other' as BrandId, 'image/png', png)).id).not.toBe(id);
    expect((await assets.add(acme, 'image/svg+xml', svg())).id).not.toBe(id);
    expect(id).toMatch(/^[a-z0-9]{16,64}$/);
  });

  it('lets a brand name its own pictures and fonts only, each in its place', async () => {
    const picture = (await assets.add(acme, 'image/png', png)).id;
    const font = (await assets.add(acme, 'font/woff2', woff2)).id;
    const foreign = (await assets.add('other' as BrandId, 'image/png', png)).id;
    const uploaded = (assetId: string) => ({ family: 'uploaded' as const, assetId });
    await assets.demand(acme, { logo: { light: picture, dark: picture }, font: uploaded(font) });
    await assets.demand(acme, { logo: null, font: null });
    const refused: [string, Parameters<BrandAssets['demand']>[1]][] = [
      ['logo.light', { logo: { light: foreign, dark: null }, font: null }],
      ['logo.light', { logo: { light: font, dark: null }, font: null }],
      ['logo.dark', { logo: { light: picture, dark: 'gone' }, font: null }],
      ['font.assetId', { logo: null, font: uploaded(picture) }],
    ];
    for (const [key, looks] of refused) {
      await expect(assets.demand(acme, looks)).rejects.toMatchObject({ code: 'invalidSetting', details: { key } });
    }
  });

  it('removes what the brand does not use an hour after it was uploaded or chosen, and keeps what it uses', async () => {
    const logo = (await assets.add(acme, 'image/png', png)).id;
    const font = (await assets.add(acme, 'font/woff2', woff2)).id;
    const draft = (await assets.add(acme, 'image/svg+xml', svg())).id;
    wear(logo, font);
    clock.advance(hour);
    await assets.removeUnused(acme);
    expect(await ids()).toEqual([logo, font, draft]);
    clock.advance(1);
    await assets.removeUnused('other' as BrandId);
    expect(await ids()).toEqual([logo, font, draft]);
    await assets.removeUnused(acme);
    expect(await ids()).toEqual([logo, font]);
    wear(logo);
    await assets.removeUnused();
    expect(await ids()).toEqual([logo]);
    brand = undefined;
    await assets.removeUnused(acme);
    expect(await ids()).toEqual([]);
  });

  it('gives a file that is chosen again another hour', async () => {
    const { id } = await assets.add(acme, 'image/png', png);
    clock.advance(hour + 1);
    await assets.demand(acme, { logo: { light: id, dark: null }, font: null });
    await assets.removeUnused(acme);
    expect(await ids()).toEqual([id]);
  });

  it('keeps no more than twenty files that nobody uses, the newest, and never counts those in use', async () => {
    const logo = (await assets.add(acme, 'image/png', png)).id;
    wear(logo);
    const drafts: string[] = [];
    for (let number = 0; number < 21; number += 1) {
      clock.advance(1);
      drafts.push((await assets.add(acme, 'image/svg+xml', svg(String(number)))).id);
    }
    expect(await ids()).toEqual([logo, ...drafts.slice(1)]);
  });
});
