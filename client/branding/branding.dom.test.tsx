import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { derivePalette } from '../../shared/branding/index.ts';
import { type Brand, brandSchema } from '../../shared/protocol/index.ts';
import type { ApiRequest } from '../session/index.ts';
import { FakeTimers, settle } from '../state/testing/FakeTimers.ts';
import { BrandMark } from './BrandMark.tsx';
import { BrandProvider } from './BrandProvider.tsx';
import { PageBrand } from './PageBrand.ts';

const plain = brandSchema.parse({ id: 'default', name: 'Dialbridge', defaultCountry: 'US', language: 'en' });
const colours = { accent: '#7a1fa2', onAccent: '#ffffff', accentText: '#6a1b8f', stage: '#4a148c', onStage: '#ffffff' };
const dark = { accent: '#e1b3ff', onAccent: '#2b0a3d', accentText: '#e1b3ff', stage: '#3c1361', onStage: '#ffffff' };
const acme: Brand = { ...plain, id: 'acme' as Brand['id'], name: 'Acme', palette: { light: colours, dark } };

afterEach(cleanup);

describe('BrandProvider', () => {
  beforeEach(() => {
    document.head.innerHTML = `
      <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fff">
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#000">
      <link id="manifest">`;
    document.documentElement.removeAttribute('style');
  });
  const painted = () => document.documentElement.style;

  it('sets every value, also the usual ones, so that nothing of another brand is left', () => {
    const view = render(<BrandProvider brand={acme}>x</BrandProvider>);
    for (const [name, value] of Object.entries(derivePalette(acme.palette))) {
      expect(painted().getPropertyValue(name)).toBe(value);
    }
    view.rerender(<BrandProvider brand={plain}>x</BrandProvider>);
    for (const [name, value] of Object.entries(derivePalette(null))) {
      expect(painted().getPropertyValue(name)).toBe(value);
    }
    expect(painted().getPropertyValue('--font')).toContain('Figtree');
  });

  it('tells the browser its frame’s colours and its manifest', () => {
    render(<BrandProvider brand={acme}>x</BrandProvider>);
    const contents = [...document.querySelectorAll('meta[name="theme-color"]')].map((meta) =>
      meta.getAttribute('content'),
    );
    expect(contents).toEqual(['#4a148c', '#3c1361']);
    const manifest = document.getElementById('manifest');
    expect(manifest?.getAttribute('rel')).toBe('manifest');
    expect(manifest?.getAttribute('href')).toBe('/manifest.webmanifest?brand=acme');
  });
});

describe('BrandMark', () => {
  const pictures = (brand: Brand, ground: 'page' | 'stage') => {
    const { container } = render(
      <BrandProvider brand={brand}>
        <BrandMark withName ground={ground} />
      </BrandProvider>,
    );
    const found = [...container.querySelectorAll('img')].map((img) => [img.getAttribute('src'), img.className]);
    const text = container.textContent;
    cleanup();
    return { found, text };
  };
  const logo = (darkUrl: string | null) => ({ ...acme, logo: { light: '/light', dark: darkUrl } });

  it('is the usual sign with the name beside it where there is no picture', () => {
    expect(pictures(acme, 'page')).toEqual({ found: [], text: 'Acme' });
  });

  it('shows on each ground the picture that was made for it', () => {
    expect(pictures(logo('/dark'), 'page')).toEqual({
      found: [
        ['/light', 'brand-logo brand-logo-light'],
        ['/dark', 'brand-logo brand-logo-dark'],
      ],
      text: '',
    });
    // Acme's stage is dark in both schemes.
    expect(pictures(logo('/dark'), 'stage').found).toEqual([['/dark', 'brand-logo']]);
    const paleStage = { light: { ...colours, stage: '#f3e5f5', onStage: '#4a148c' }, dark };
    expect(pictures({ ...logo('/dark'), palette: paleStage }, 'stage').found.map(([url]) => url)).toEqual([
      '/light',
      '/dark',
    ]);
  });

  it('gives a picture for light grounds a plate on dark ones', () => {
    expect(pictures(logo(null), 'page').found).toEqual([
      ['/light', 'brand-logo brand-logo-light'],
      ['/light', 'brand-logo brand-logo-plate brand-logo-dark'],
    ]);
    expect(pictures(logo(null), 'stage').found).toEqual([['/light', 'brand-logo brand-logo-plate']]);
  });
});

describe('PageBrand', () => {
  function make(textContent: string | null, answers: (Brand | Error)[] = []) {
    const timers = new FakeTimers();
    const asked: string[] = [];
    const send = async <Schema extends z.ZodType>({ path }: ApiRequest, schema: Schema): Promise<z.infer<Schema>> => {
      asked.push(path);
      const answer = answers.shift() ?? new Error('nothing more to say');
      if (answer instanceof Error) throw answer;
      return schema.parse(answer);
    };
    const page = { getElementById: () => (textContent === null ? null : ({ textContent } as HTMLElement)) };
    return { timers, asked, pageBrand: new PageBrand({ page, api: { send }, timers }) };
  }

  it('is what the bridge has put into the page', () => {
    const { pageBrand, asked } = make(JSON.stringify(acme));
    expect(pageBrand.brand.get()).toEqual(acme);
    pageBrand.load();
    expect(asked).toEqual([]);
  });

  it.each([null, '', '{', '{"id":"x"}'])(
    'is asked for where the page says %j, until the bridge answers',
    async (text) => {
      const { pageBrand, timers, asked } = make(text, [new Error('away'), acme]);
      expect(pageBrand.brand.get()).toBeNull();
      expect(asked).toEqual([]);
      pageBrand.load();
      pageBrand.load();
      await settle();
      expect(asked).toEqual(['/branding']);
      await timers.advance(3_000);
      await settle();
      expect(asked).toEqual(['/branding', '/branding']);
      expect(pageBrand.brand.get()).toEqual(acme);
    },
  );
});
