import { describe, expect, it } from 'vitest';
import { brandDraftSchema, brandSettingsSchema } from '../../../shared/admin/index.ts';
import { defaultPalette } from '../../../shared/branding/index.ts';
import { type BrandFields, brandFieldsOf, brandInputOf } from './brandFields.ts';
import { previewBrand } from './previewBrand.ts';
import { isColour, tidyColour } from './tidyColour.ts';
import { typeOf } from './useUpload.ts';

const logoId = 'a'.repeat(16);
const full = brandSettingsSchema.parse({
  id: 'acme',
  name: 'Acme',
  logo: { light: logoId, dark: 'b'.repeat(16) },
  palette: defaultPalette,
  font: { family: 'uploaded', assetId: 'c'.repeat(16) },
  defaultCountry: 'DE',
  language: 'de',
  timeZone: 'Europe/Berlin',
  supportUrl: 'mailto:help@acme.example',
  legalLinks: [{ label: 'Imprint', url: 'https://acme.example/imprint' }],
  features: { contacts: false },
  callerNumbers: ['+493012345'],
  hostNames: ['phone.acme.example'],
  emergency: { mode: 'route', gatewayIds: ['gw1'] },
});

describe('the form of a brand', () => {
  const checked = (fields: BrandFields) => brandDraftSchema.safeParse(brandInputOf(fields, false));

  it('gives the brand back as it was', () => {
    const { id: _, revision: __, updatedAtMs: ___, ...draft } = full;
    expect(checked(brandFieldsOf(full, 'UTC')).data).toEqual(draft);
  });

  it('gives back a brand that says as little as possible', () => {
    const plain = brandSettingsSchema.parse({ id: 'x', name: 'X' });
    const { id: _, revision: __, updatedAtMs: ___, ...draft } = plain;
    expect(checked(brandFieldsOf(plain, 'Asia/Tokyo')).data).toEqual(draft);
  });

  it('has an id only while it is new, and then the time zone of the person', () => {
    const fields = { ...brandFieldsOf(null, 'Asia/Tokyo'), id: 'new-one', name: 'New' };
    expect(brandInputOf(fields, true)).toMatchObject({ id: 'new-one', timeZone: 'Asia/Tokyo', palette: null });
    expect(brandInputOf(fields, false)).not.toHaveProperty('id');
  });

  it('drops a dark logo without a light one, and the file of a font that is built in', () => {
    const fields = { ...brandFieldsOf(full, 'UTC'), 'logo.light': null, 'font.family': 'serif' } as const;
    expect(checked(fields).data).toMatchObject({ logo: null, font: { family: 'serif', assetId: null } });
  });

  it.each<[Partial<BrandFields>, string]>([
    [{ name: ' ' }, 'name'],
    [{ 'palette.light.accent': 'green' }, 'palette.light.accent'],
    [{ 'palette.dark.onStage': defaultPalette.dark.stage }, 'palette.dark.onStage'],
    [{ 'font.family': 'uploaded', 'font.assetId': null }, 'font.assetId'],
    [{ supportUrl: 'help' }, 'supportUrl'],
    [{ legalLinks: [{ key: 1, label: '', url: 'https://a.example' }] }, 'legalLinks.0.label'],
    [{ hostNames: ['https://a.example'] }, 'hostNames.0'],
    [{ 'emergency.gatewayIds': [] }, 'emergency.gatewayIds'],
  ])('has what is wrong with %j at its key', (values, path) => {
    const problems = checked({ ...brandFieldsOf(full, 'UTC'), ...values }).error?.issues;
    expect(problems?.[0]?.path.join('.')).toBe(path);
  });
});

describe('the brand of the preview', () => {
  it('is what clients would get', () => {
    expect(previewBrand(brandFieldsOf(full, 'UTC'))).toMatchObject({
      name: 'Acme',
      logo: { light: `/api/v1/branding/assets/${logoId}` },
      palette: defaultPalette,
      font: { family: 'uploaded', url: `/api/v1/branding/assets/${'c'.repeat(16)}` },
      supportUrl: 'mailto:help@acme.example',
      features: { contacts: false, history: true },
    });
  });

  it('has the usual colour in the place of one that is not written to its end', () => {
    const fields = { ...brandFieldsOf(full, 'UTC'), 'palette.light.accent': '#7a', 'palette.light.stage': '#123456' };
    expect(previewBrand(fields).palette?.light).toMatchObject({
      accent: defaultPalette.light.accent,
      stage: '#123456',
    });
  });

  it('has the usual colours while its own are off', () => {
    expect(previewBrand({ ...brandFieldsOf(full, 'UTC'), hasPalette: false }).palette).toBeNull();
  });

  it('leaves out links that are not written yet', () => {
    const fields = {
      ...brandFieldsOf(full, 'UTC'),
      supportUrl: '',
      legalLinks: [{ key: 1, label: 'Imprint', url: '' }],
    };
    expect(previewBrand(fields)).toMatchObject({ legalLinks: [] });
    expect(previewBrand(fields).supportUrl).toBeUndefined();
  });
});

it.each([
  ['#0D5C4D', '#0d5c4d'],
  ['0d5c4d', '#0d5c4d'],
  [' #abc ', '#aabbcc'],
  ['#abcd', '#abcd'],
  ['green', 'green'],
  ['', ''],
])('takes %j as the colour %j', (text, colour) => {
  expect(tidyColour(text)).toBe(colour);
});

it('knows a colour that is written to its end', () => {
  expect(['#0d5c4d', '#0D5C4D', '#abc', ''].map(isColour)).toEqual([true, false, false, false]);
});

it.each([
  ['logo.svg', 'image/svg+xml', 'picture', 'image/svg+xml'],
  ['LOGO.PNG', '', 'picture', 'image/png'],
  ['logo.gif', 'image/gif', 'picture', null],
  ['font.woff2', '', 'font', 'font/woff2'],
  ['font.ttf', 'font/ttf', 'font', null],
  ['logo.png', 'image/png', 'font', null],
] as const)('sends %s (%j) as a %s of type %s', (name, type, kind, sent) => {
  expect(typeOf({ name, type }, kind)).toBe(sent);
});
