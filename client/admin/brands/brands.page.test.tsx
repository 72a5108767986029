import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultPalette } from '../../../shared/branding/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { FakeAdminBridge } from '../testing/FakeAdminBridge.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';

afterEach(cleanup);

const fill = (bridge: FakeAdminBridge) => {
  bridge.put('gateways', { id: 'gw1', name: 'Carrier', host: 'gw.test' });
  bridge.put(
    'brands',
    { id: 'default', name: 'Dialbridge', hostNames: ['phone.example.com'] },
    { id: 'acme', name: 'Acme', palette: defaultPalette },
  );
};
const button = (name: string) => screen.getByRole('button', { name });
const opened = async (name: string) => await screen.findByRole('dialog', { name });
const colour = (scheme: string, name: string) =>
  within(screen.getByRole('group', { name: `In ${scheme}` })).getByRole<HTMLInputElement>('textbox', { name });

/** The pages of the preview, in the order in which they stand there. */
function previews(): readonly Document[] {
  return [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument as Document);
}

describe('the brands page', patience, () => {
  it('lists the brands with their colours and host names', async () => {
    await renderAdmin('/admin/brands', { fill });
    const acme = await screen.findByRole('row', { name: /Acme/ });
    expect(within(acme).getByText(defaultPalette.light.accent)).toBeTruthy();
    expect(screen.getByText('phone.example.com')).toBeTruthy();
  });

  it('makes a brand whose id follows its name, and opens it', async () => {
    const { bridge, write, user } = await renderAdmin('/admin/brands/new', { fill });
    await opened('New brand');
    await write(screen.getByRole('textbox', { name: 'Name' }), 'Nord Süd');
    await user.click(button('Create'));
    await waitFor(() => expect(bridge.get('brands', 'nord-sud')).toMatchObject({ name: 'Nord Süd', palette: null }));
    expect(await opened('Nord Süd')).toBeTruthy();
    expect(screen.getByRole('group', { name: 'On light ground' })).toBeTruthy();
  });

  it('saves colours, country, links, features and emergency calls', async () => {
    const { bridge, write, user } = await renderAdmin('/admin/brands/acme', { fill });
    await opened('Acme');
    await user.clear(colour('light', 'Accent'));
    await write(colour('light', 'Accent'), '#7A1FA2');
    await user.click(button('Add link'));
    const link = screen.getByRole('group', { name: 'Link 1' });
    await write(within(link).getByRole('textbox', { name: 'Text' }), 'Imprint');
    await write(within(link).getByRole('textbox', { name: 'Address' }), 'https://acme.example/imprint');
    await user.click(screen.getByRole('switch', { name: 'Call history' }));
    await user.click(screen.getByRole('radio', { name: 'Route them' }));
    await user.click(await screen.findByRole('button', { name: /Add a gateway/ }));
    await user.click(screen.getByRole('option', { name: 'Carrier' }));
    await user.click(button('Save'));
    await waitFor(() =>
      expect(bridge.get('brands', 'acme')).toMatchObject({
        palette: { light: { accent: '#7a1fa2' }, dark: defaultPalette.dark },
        legalLinks: [{ label: 'Imprint', url: 'https://acme.example/imprint' }],
        features: { history: false, contacts: true },
        emergency: { mode: 'route', gatewayIds: ['gw1'] },
      }),
    );
  });

  it('tells the ratio of colours that cannot be read, and saves nothing', async () => {
    const { bridge, write, user } = await renderAdmin('/admin/brands/acme', { fill });
    await opened('Acme');
    const onAccent = colour('light', 'On the accent');
    await user.clear(onAccent);
    await write(onAccent, defaultPalette.light.accent);
    expect(screen.getByText('1.0:1 on the accent: not readable, at least 4.5:1 is needed.')).toBeTruthy();
    expect(screen.getByText('1 pair of colours can’t be read. It will be refused.')).toBeTruthy();
    await user.click(button('Save'));
    expect(bridge.writes).toHaveLength(0);
    expect(onAccent.getAttribute('aria-invalid')).toBe('true');
    await user.clear(onAccent);
    await write(onAccent, '#fff');
    await user.tab();
    expect(onAccent.value).toBe('#ffffff');
    expect(screen.getByText('All colours can be read on each other.')).toBeTruthy();
  });

  it('keeps the colours that were written while they are switched off', async () => {
    const { user } = await renderAdmin('/admin/brands/acme', { fill });
    await opened('Acme');
    const own = screen.getByRole('switch', { name: 'Colours of its own' });
    await user.click(own);
    expect(screen.queryByRole('group', { name: 'In light' })).toBeNull();
    await user.click(own);
    expect(colour('light', 'Accent').value).toBe(defaultPalette.light.accent);
  });

  it('lets a brand manager see, and not change, what only operators change', async () => {
    const { bridge, user } = await renderAdmin('/admin/brands/default', { fill, role: 'brandManager' });
    await opened('Dialbridge');
    expect(screen.getByText(/^Only operators change these/)).toBeTruthy();
    expect(screen.queryByRole('textbox', { name: 'Host names' })).toBeNull();
    expect(screen.queryByRole('radio', { name: 'Route them' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
    await user.click(screen.getByRole('switch', { name: 'Contacts' }));
    await user.click(button('Save'));
    await waitFor(() =>
      expect(bridge.get('brands', 'default')).toMatchObject({
        features: { contacts: false },
        hostNames: ['phone.example.com'],
      }),
    );
  });

  it('shows an auditor everything and no way to change it', async () => {
    await renderAdmin('/admin/brands/acme', { fill, role: 'auditor' });
    await opened('Acme');
    expect(colour('light', 'Accent').readOnly).toBe(true);
    for (const name of ['Save', 'Delete', 'Add link', 'Upload a picture', 'New brand'])
      expect(screen.queryByRole('button', { name })).toBeNull();
  });
});

describe('uploading for a brand', patience, () => {
  const id = 'f'.repeat(16);
  const choose = async (user: Awaited<ReturnType<typeof renderAdmin>>['user'], file: File) => {
    const dialog = await opened('Acme');
    await user.upload(dialog.querySelector('input[type=file]') as HTMLInputElement, file);
  };

  it('sends the file as it is, and wears it from the saving on', async () => {
    const { bridge, user } = await renderAdmin('/admin/brands/acme', {
      fill,
      answers: { 'POST /admin/brands/acme/assets': () => ({ id, url: `/api/v1/branding/assets/${id}` }) },
    });
    await choose(user, new File(['<svg/>'], 'logo.svg', { type: 'image/svg+xml' }));
    const picture = await screen.findByRole('img', { name: 'On light ground: the present picture' });
    expect(picture.getAttribute('src')).toBe(`/api/v1/branding/assets/${id}`);
    const sent = bridge.writes[0]?.body as Blob;
    expect([await sent.text(), sent.type]).toEqual(['<svg/>', 'image/svg+xml']);
    expect(bridge.get('brands', 'acme')).toMatchObject({ logo: null });
    await user.click(button('Save'));
    await waitFor(() => expect(bridge.get('brands', 'acme')).toMatchObject({ logo: { light: id, dark: null } }));
  });

  it('says why a file was not taken', async () => {
    const refuse = () => {
      throw new DialbridgeError('invalidSetting', {
        details: { key: 'content', expected: 'expected a picture without scripts' },
      });
    };
    const { user } = await renderAdmin('/admin/brands/acme', {
      fill,
      answers: { 'POST /admin/brands/acme/assets': refuse },
    });
    await choose(user, new File(['<svg/>'], 'logo.svg', { type: 'image/svg+xml' }));
    expect((await screen.findByRole('alert')).textContent).toContain('expected a picture without scripts');
  });

  it.each([
    [new Uint8Array(524_289), 'This file is larger than 512 KB.'],
    [new Uint8Array(524_288), null],
  ])('takes files up to 512 KB', async (bytes, sentence) => {
    const { bridge, user } = await renderAdmin('/admin/brands/acme', {
      fill,
      answers: { 'POST /admin/brands/acme/assets': () => ({ id, url: 'x' }) },
    });
    await choose(user, new File([bytes], 'logo.png', { type: 'image/png' }));
    await waitFor(() => expect(bridge.writes).toHaveLength(sentence === null ? 1 : 0));
    if (sentence !== null) expect((await screen.findByRole('alert')).textContent).toContain(sentence);
  });
});

describe('the preview of a brand', patience, () => {
  it('shows each page in light and in dark, painted with what is written, before it is saved', async () => {
    const { bridge, write, user } = await renderAdmin('/admin/brands/acme', { fill });
    await opened('Acme');
    await waitFor(() => expect(previews().map((page) => page.body.textContent)).toContain('call: Acme'));
    expect(previews().map((page) => page.documentElement.getAttribute('data-theme'))).toEqual(
      Array.from({ length: 3 }, () => ['light', 'dark']).flat(),
    );
    const painted = () => previews()[0]?.documentElement.style.getPropertyValue('--brand');
    expect(painted()).toContain(defaultPalette.light.accent);
    await user.clear(colour('light', 'Accent'));
    await write(colour('light', 'Accent'), '#7a1fa2');
    await write(screen.getByRole('textbox', { name: 'Name' }), ' & Sons');
    await waitFor(() => expect(painted()).toContain('#7a1fa2'));
    expect(previews()[0]?.body.textContent).toBe('signIn: Acme & Sons');
    expect(document.documentElement.style.getPropertyValue('--brand')).not.toContain('#7a1fa2');
    expect(bridge.writes).toHaveLength(0);
  });
});
