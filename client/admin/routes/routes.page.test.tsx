import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { allowed } from '../explain/testing/explanations.ts';
import type { FakeAdminBridge } from '../testing/FakeAdminBridge.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';

afterEach(cleanup);

const fill = (bridge: FakeAdminBridge) => {
  bridge.put('gateways', { id: 'carrier', name: 'Carrier', host: 'a.test' }, { id: 'backup', host: 'b.test' });
  bridge.put(
    'routes',
    { id: 'everything', prefixes: ['+'] },
    { id: 'germany', name: 'Germany', prefixes: ['+49'], gateways: [{ gatewayId: 'backup', priority: 2 }] },
  );
};
const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe('the routes page', patience, () => {
  it('lists routes in the order of matching, with the names of their gateways', async () => {
    await renderAdmin('/admin/routes', { fill });
    await screen.findByText('Germany');
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows.map((row) => row.getAttribute('data-key'))).toEqual(['germany', 'everything']);
    expect(rows[0]?.textContent).toContain('backup');
    expect(rows[1]?.textContent).toContain('Every gateway that serves the number');
  });

  it('puts gateways into order, with a place of their own on the route', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/routes/germany', { fill });
    await screen.findByRole('group', { name: 'Gateways' });
    await waitFor(() => button(/Add a gateway/));
    await user.click(button(/Add a gateway/));
    await user.click(await screen.findByRole('option', { name: 'Carrier' }));
    await user.click(button('Move Carrier up'));
    const weight = screen.getAllByRole('textbox', { name: 'Weight on this route' })[0] as HTMLElement;
    await write(weight, '40');
    await user.click(button(/Which gateway first/));
    await user.click(screen.getByRole('option', { name: 'Cheapest' }));
    expect(screen.getByText(/^The one whose minute costs least/)).toBeTruthy();
    await user.click(button('Save'));
    await waitFor(() =>
      expect(bridge.get('routes', 'germany')).toMatchObject({
        strategy: 'cheapest',
        gateways: [
          { gatewayId: 'carrier', weight: 40 },
          { gatewayId: 'backup', priority: 2 },
        ],
      }),
    );
  });

  it('makes a route, and says which beginning is none', async () => {
    const { bridge, user } = await renderAdmin('/admin/routes/new', { fill });
    const prefixes = screen.getByRole('textbox', { name: 'Numbers that begin with' });
    fireEvent.change(prefixes, { target: { value: '+1, abc' } });
    await user.click(button('Create'));
    expect(await screen.findByText('“abc” is no beginning of a number in international form.')).toBeTruthy();
    fireEvent.change(prefixes, { target: { value: '+1' } });
    await user.click(button('Create'));
    await waitFor(() => expect(bridge.writes.at(-1)?.body).toMatchObject({ prefixes: ['+1'], strategy: 'priority' }));
  });

  it('tells which way a number would go', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/routes', {
      fill,
      answers: { 'POST /admin/explain': () => allowed },
    });
    await user.click(button('Which way would a number go?'));
    const panel = await screen.findByRole('dialog');
    await write(within(panel).getByRole('combobox', { name: 'User name' }), 'alice');
    // The names that are found cover what is below them.
    await user.tab();
    await write(within(panel).getByRole('textbox', { name: 'Number to try' }), '+49 30 123456');
    await user.click(within(panel).getByRole('button', { name: 'Look' }));
    expect(await within(panel).findByText('gw3: serves +1 alone')).toBeTruthy();
    expect(bridge.writes.at(-1)?.body).toMatchObject({ destination: '+49 30 123456' });
  });
});
