import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { CallId } from '../../shared/domain/index.ts';
import { type Brand, brandSchema, type CallStatus } from '../../shared/protocol/index.ts';
import { callStatus } from '../calling/testing/callStatus.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import { renderPage } from './testing/renderPage.tsx';

afterEach(cleanup);

const acme = brandSchema.parse({ id: 'acme', name: 'Acme', defaultCountry: 'DE', language: 'en' });
const without = (...features: (keyof Brand['features'])[]): Brand => ({
  ...acme,
  features: { ...acme.features, ...Object.fromEntries(features.map((feature) => [feature, false])) },
});

type Page = Awaited<ReturnType<typeof renderPage>>;

async function tellBrand({ transport }: Page, brand: Brand) {
  await act(async () => {
    transport.notify('session:branding', { brand });
    await settle();
  });
}

async function talking(page: Page) {
  await page.user.type(screen.getByRole('textbox', { name: 'Phone number' }), '2025550100');
  await page.user.click(screen.getByRole('button', { name: 'Call' }));
  const status: Partial<CallStatus> = { revision: 2, state: 'established', answeredAt: 1 };
  await act(async () => {
    page.transport.notify('call:status', callStatus({ callId: page.phone.call.get()?.callId as CallId, ...status }));
    await settle();
  });
}

const asked = ({ requests }: Page) => requests.map(({ path }) => path);
const pages = () =>
  [...screen.getByRole('navigation', { name: 'Pages' }).querySelectorAll('button')].map((item) => item.textContent);

describe('the pages under a brand', () => {
  it('have everything where the brand switches nothing off', async () => {
    const page = await renderPage('/', {}, acme);
    expect(pages()).toEqual(['Dial pad', 'Contacts', 'History', 'Settings']);
    expect(
      asked(page)
        .toSorted()
        .filter((path, index, all) => path !== all[index - 1]),
    ).toEqual(['/contacts', '/history?limit=50']);
    expect(screen.queryByRole('button', { name: 'Sign out' })).toBeNull();
  });

  it('lead nowhere to what is off, and don’t ask the bridge for it', async () => {
    const page = await renderPage('/contacts', {}, without('contacts', 'history'));
    expect(pages()).toEqual(['Dial pad', 'Settings']);
    expect(screen.queryByRole('heading', { name: 'Contacts' })).toBeNull();
    expect(screen.queryByRole('heading', { name: 'Your people' })).toBeNull();
    expect(document.querySelectorAll('.overview-section')).toHaveLength(0);
    page.transport.notify('contacts:changed', {});
    page.transport.notify('history:changed', {});
    await act(settle);
    expect(asked(page)).toEqual([]);
  });

  it('let people sign out where there are no settings, and show the brand’s links on the first page', async () => {
    const links = {
      supportUrl: 'https://acme.example/help',
      legalLinks: [{ label: 'Imprint', url: 'https://acme.example/i' }],
    };
    await renderPage('/settings', {}, { ...without('settings'), ...links });
    expect(pages()).not.toContain('Settings');
    expect(screen.getByRole('button', { name: 'Sign out' })).toBeTruthy();
    const imprint = screen.getByRole('link', { name: 'Imprint' });
    expect([imprint.getAttribute('href'), imprint.getAttribute('rel')]).toEqual([
      'https://acme.example/i',
      'noreferrer',
    ]);
    expect(screen.getByRole('link', { name: 'Get help' }).getAttribute('href')).toBe('https://acme.example/help');
  });

  it('have no tones in a call without a keypad, not by the keyboard either', async () => {
    const page = await renderPage('/', {}, without('keypad'));
    await talking(page);
    expect(screen.getByRole('button', { name: 'Mute' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Keypad' })).toBeNull();
    await page.user.keyboard('5');
    await act(settle);
    expect(page.transport.named('call:dtmf')).toEqual([]);
  });

  it('offer no saving of a number without an address book', async () => {
    for (const brand of [acme, without('contacts')]) {
      const page = await renderPage('/', {}, brand);
      await talking(page);
      await act(async () => {
        const callId = page.phone.call.get()?.callId as CallId;
        const end = { outcome: 'answered', by: 'called' } as const;
        page.transport.notify('call:status', callStatus({ callId, revision: 3, state: 'ended', answeredAt: 1, end }));
        await settle();
      });
      expect(screen.queryAllByRole('button', { name: 'Save number' })).toHaveLength(brand === acme ? 1 : 0);
      cleanup();
    }
  });

  it('change while they are open: colours, name, country and what there is', async () => {
    const page = await renderPage('/', {}, without('contacts'));
    const style = document.documentElement.style;
    const before = style.getPropertyValue('--brand');
    expect(document.title).toBe('Acme');
    const colours = {
      accent: '#7a1fa2',
      onAccent: '#ffffff',
      accentText: '#6a1b8f',
      stage: '#4a148c',
      onStage: '#ffffff',
    };
    const dark = {
      accent: '#e1b3ff',
      onAccent: '#2b0a3d',
      accentText: '#e1b3ff',
      stage: '#3c1361',
      onStage: '#ffffff',
    };
    await tellBrand(page, { ...acme, name: 'Acme Phones', defaultCountry: 'FR', palette: { light: colours, dark } });
    expect(document.title).toBe('Acme Phones');
    expect(style.getPropertyValue('--brand')).toBe('light-dark(#7a1fa2, #e1b3ff)');
    await waitFor(() => expect(asked(page)).toContain('/contacts'));
    expect(pages()).toContain('Contacts');
    await page.user.type(screen.getByRole('textbox', { name: 'Phone number' }), '0144556677');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Phone number' }).value).toBe('01 44 55 66 77');
    await tellBrand(page, acme);
    expect(style.getPropertyValue('--brand')).toBe(before);
  });

  it('keep the brand that they were told while the bridge is away', async () => {
    const page = await renderPage('/', {}, acme);
    await tellBrand(page, { ...acme, name: 'Acme Phones' });
    await act(async () => {
      page.transport.disconnect();
      await settle();
    });
    expect(document.title).toBe('Acme Phones');
  });
});
