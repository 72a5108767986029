import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeAdminBridge } from '../testing/FakeAdminBridge.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';

afterEach(cleanup);

const fill = (bridge: FakeAdminBridge) => {
  bridge.put('brands', { id: 'default', name: 'Dialbridge' }, { id: 'acme', name: 'Acme' });
  bridge.put('groups', { id: 'sales', name: 'Sales', brandId: null });
  bridge.put(
    'numbers',
    { id: '+12025550100', name: 'Support', brandId: 'default', destination: { kind: 'user', userName: 'alice' } },
    { id: '100', brandId: 'acme', destination: { kind: 'group', groupId: 'sales', ring: 'inTurn' } },
  );
};
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

describe('the numbers page', patience, () => {
  it('tells who rings', async () => {
    await renderAdmin('/admin/numbers', { fill });
    expect((await screen.findByRole('row', { name: /555-0100/ })).textContent).toContain('alice');
    await waitFor(() =>
      expect(screen.getByRole('row', { name: '100' }).textContent).toContain('Group Sales, one after another'),
    );
  });

  it('makes a number with a second destination', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/numbers/new', { fill });
    await write(field('Number'), '+1 202 555-0199');
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: /Brand/ }));
    await user.click(await screen.findByRole('option', { name: 'Acme' }));
    await user.click(button(/Rings$/));
    await user.click(screen.getByRole('option', { name: 'A group' }));
    await user.click(button(/Group$/));
    await user.click(screen.getByRole('option', { name: 'Sales' }));
    await user.click(screen.getByRole('switch', { name: 'Somebody else rings then' }));
    const otherwise = screen.getByRole('group', { name: 'Otherwise' });
    await user.click(within(otherwise).getByRole('checkbox', { name: 'it is busy' }));
    await user.click(within(otherwise).getByRole('button', { name: /Rings$/ }));
    await user.click(screen.getByRole('option', { name: 'A telephone' }));
    await write(within(otherwise).getByRole('textbox', { name: 'Telephone number' }), '(202) 555-0123');
    await write(within(otherwise).getByRole('combobox', { name: 'Called in the name of' }), 'alice');
    // The names that are found cover what is below them.
    await user.tab();
    await user.click(button('Create'));
    await waitFor(() =>
      expect(bridge.get('numbers', '+12025550199')).toMatchObject({
        brandId: 'acme',
        destination: { kind: 'group', groupId: 'sales', ring: 'all' },
        ringSeconds: 30,
        otherwise: {
          when: ['noAnswer', 'declined', 'unreachable', 'closed'],
          destination: { kind: 'telephone', number: '+12025550123', userName: 'alice' },
        },
      }),
    );
  });

  it('lets a brand manager change their own, and neither make nor delete any', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/numbers/%2B12025550100', { fill, role: 'brandManager' });
    await write(await screen.findByRole('textbox', { name: 'Name' }), ' desk');
    expect(screen.queryByRole('button', { name: /New number|Delete|Import/ })).toBeNull();
    await user.click(button('Save'));
    await waitFor(() => expect(bridge.get('numbers', '+12025550100')).toMatchObject({ name: 'Support desk' }));
    expect(bridge.writes[0]?.path).toBe('/admin/numbers/%2B12025550100');
    await user.click(await screen.findByRole('row', { name: '100' }));
    await waitFor(() => expect(field('Name').readOnly).toBe(true));
  });
});
