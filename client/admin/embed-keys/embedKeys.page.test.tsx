import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeAdminBridge } from '../testing/FakeAdminBridge.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';

afterEach(cleanup);

const website = {
  id: 'pk_website',
  name: 'Website',
  brandId: 'acme',
  origins: ['https://www.acme.test'],
  destinations: [{ number: '+12025550100', label: 'Front desk' }],
};
const fill = (bridge: FakeAdminBridge) => {
  bridge.put('brands', { id: 'acme', name: 'Acme' }, { id: 'zenith', name: 'Zenith' });
  bridge.put('embedKeys', website);
};

const button = (name: string) => screen.getByRole('button', { name });
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

async function choose(user: Awaited<ReturnType<typeof renderAdmin>>['user'], name: RegExp, option: string) {
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name }));
  await user.click(await screen.findByRole('option', { name: option }));
}

describe('an embed key', patience, () => {
  it('is made with its pages, numbers and limits, and shows its code', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/embed-keys/new', { fill });
    await write(field('Name'), 'Help page');
    await choose(user, /Brand$/, 'Acme');
    await write(field('Pages'), 'https://Help.Acme.test/contact?x=1');
    await write(field('Number'), '(202) 555-0100');
    await user.click(button('Create'));
    await screen.findByText('Help page is created.');
    expect(bridge.writes[0]?.body).toEqual({
      name: 'Help page',
      brandId: 'acme',
      isEnabled: true,
      origins: ['https://help.acme.test'],
      destinations: [{ number: '+12025550100', isPrefix: false }],
      visitorName: 'Website visitor',
      callerNumber: null,
      limits: { callsAtOnce: 1, callsPerMinute: 3, maxDurationMs: 3_600_000 },
      sharedLimits: { callsAtOnce: 10 },
    });
    expect(field('Embed key').value).toMatch(/^embedKeys-/);
    expect(field('Code for the page').value).toContain('/api/v1/session');
  });

  it('drops a limit whose field is emptied and keeps a changed one to the millisecond', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/embed-keys/pk_website', { fill });
    const [perMinute] = await screen.findAllByRole('textbox', { name: 'Calls per minute' });
    await user.clear(perMinute as HTMLElement);
    await user.clear(field('Longest call'));
    await write(field('Longest call'), '1.5');
    await user.click(button('Save'));
    await waitFor(() => expect(bridge.writes).toHaveLength(1));
    expect(bridge.writes[0]?.ifMatch).toBe('"1"');
    expect(bridge.writes[0]?.body).toHaveProperty('limits', { callsAtOnce: 1, maxDurationMs: 90_000 });
  });

  it('says which page and which number cannot be used', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/embed-keys/new', { fill });
    await write(field('Pages'), 'acme.test/path');
    await write(field('Number'), 'call me');
    await user.click(button('Create'));
    expect(screen.getByText(/^“acme.test\/path”: Expected: an origin/)).toBeTruthy();
    expect(screen.getByText('Begin with + and the country code, digits only.')).toBeTruthy();
    expect(bridge.writes).toHaveLength(0);
  });

  it('is only looked at by an auditor', async () => {
    await renderAdmin('/admin/embed-keys/pk_website', { fill, role: 'auditor' });
    const panel = await screen.findByRole('dialog', { name: 'Website' });
    expect(within(panel).getByText('+12025550100 – Front desk')).toBeTruthy();
    expect(within(panel).queryByRole('button', { name: /Save|Delete|Add|Remove/ })).toBeNull();
    expect(within(panel).queryByRole('switch', { hidden: true })?.getAttribute('aria-readonly') ?? 'true').toBe('true');
  });
});
