import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BrandSettings } from '../../../shared/admin/index.ts';
import type { BrandId } from '../../../shared/domain/index.ts';
import { brandSchema } from '../../../shared/protocol/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { MemoryCollection } from '../../storage/memory/index.ts';
import { makeBrand } from '../testing/openBrands.ts';
import { Brands } from './Brands.ts';

const acme = 'acme' as BrandId;
const asset = 'a'.repeat(64);

describe('Brands', () => {
  let clock: FakeClock;
  let kept: MemoryCollection<BrandSettings>;
  let brands: Brands;
  let told: string[];
  const defaultBrand = makeBrand({ id: 'default', name: 'Dialbridge' });

  beforeEach(async () => {
    clock = new FakeClock();
    kept = new MemoryCollection([defaultBrand, makeBrand({ id: 'acme', hostNames: ['phone.acme.example'] })]);
    brands = await Brands.create({ brands: kept, defaultBrand, clock, logger: new RecordingLogger() });
    told = [];
    brands.events.on('changed', ({ brandId }) => told.push(`changed ${brandId}`));
    brands.events.on('faceChanged', ({ brandId }) => told.push(`face ${brandId} is ${brands.get(brandId).name}`));
  });
  afterEach(() => {
    brands.close();
    expect(clock.pendingTimers).toBe(0);
  });

  async function edit(change: Partial<BrandSettings>): Promise<void> {
    await kept.update(acme, (present) => present && { ...present, revision: present.revision + 1, ...change });
    await brands.reload();
  }

  it.each([
    ['phone.acme.example', 'acme'],
    ['PHONE.Acme.example', 'acme'],
    ['phone.acme.example.', 'acme'],
    ['other.acme.example', 'default'],
    ['xphone.acme.example', 'default'],
    ['phone.acme.example.evil.example', 'default'],
    ['acme.example', 'default'],
    ['127.0.0.1', 'default'],
    ['', 'default'],
  ])('takes the host name %s for one of %s', (host, id) => {
    expect(brands.forHost(host).id).toBe(id);
    expect(brands.hasHost(host)).toBe(id !== 'default');
  });

  it('gives the default brand for one that is not there', () => {
    expect(brands.settings(acme).hostNames).toEqual(['phone.acme.example']);
    expect(brands.has(acme)).toBe(true);
    expect(brands.get('gone' as BrandId).id).toBe('default');
    expect(brands.settings('gone' as BrandId).id).toBe('default');
    expect(brands.has('gone' as BrandId)).toBe(false);
  });

  it('keeps a default brand also where storage has none', async () => {
    await kept.delete('default');
    await brands.reload();
    expect(brands.forHost('anything.example').name).toBe('Dialbridge');
    expect(brands.defaultId).toBe('default');
  });

  it('shows clients what they need and nothing of what stays inside', async () => {
    await edit({
      logo: { light: asset as never, dark: null },
      font: { family: 'uploaded', assetId: asset as never },
      supportUrl: 'https://acme.example/help',
      callerNumbers: ['+12025550100'],
      emergency: { mode: 'route', gatewayIds: ['secret-gateway' as never] },
    });
    const face = brands.get(acme);
    expect(brandSchema.parse(face)).toEqual(face);
    expect(face.logo).toEqual({ light: `/api/v1/branding/assets/${asset}`, dark: null });
    expect(face.font).toEqual({ family: 'uploaded', url: `/api/v1/branding/assets/${asset}` });
    expect(face.supportUrl).toBe('https://acme.example/help');
    expect(JSON.stringify(face)).not.toMatch(/secret-gateway|phone\.acme\.example/);
  });

  it('sees within a second what another process changed, and says so once', async () => {
    await kept.update(acme, (present) => present && { ...present, revision: 2, name: 'Acme' });
    await clock.advanceAsync(999);
    expect([brands.get(acme).name, told]).toEqual(['acme', []]);
    await clock.advanceAsync(1);
    expect(brands.get(acme).name).toBe('Acme');
    await clock.advanceAsync(5000);
    expect(told).toEqual(['changed acme', 'face acme is Acme']);
  });

  it('tells nobody to paint anew when only what stays inside has changed', async () => {
    const face = brands.get(acme);
    await edit({ hostNames: ['new.acme.example'] });
    expect(told).toEqual(['changed acme']);
    expect(brands.get(acme)).toBe(face);
    expect(brands.forHost('new.acme.example').id).toBe('acme');
    expect(brands.forHost('phone.acme.example').id).toBe('default');
    await edit({ name: 'Acme' });
    expect(told).toEqual(['changed acme', 'changed acme', 'face acme is Acme']);
  });

  it('shows the default brand to those whose brand was deleted, and theirs when it comes', async () => {
    await kept.delete(acme);
    await brands.reload();
    expect(told).toEqual(['changed acme', 'face acme is Dialbridge']);
    expect(brands.forHost('phone.acme.example').id).toBe('default');
    await kept.put(makeBrand({ id: 'acme', name: 'Back' }));
    await brands.reload();
    expect(told.slice(2)).toEqual(['changed acme', 'face acme is Back']);
  });

  it('lets the first by id have a host name that two got in spite of all checks', async () => {
    await kept.put(makeBrand({ id: 'aaa', hostNames: ['phone.acme.example'] }));
    await brands.reload();
    expect(brands.forHost('phone.acme.example').id).toBe('aaa');
  });
});
