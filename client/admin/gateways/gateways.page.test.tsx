import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GatewayStatusView } from '../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';
import { button, down, fill, statuses, up } from './testing/gatewaysPage.ts';

afterEach(cleanup);

describe('the list of gateways', patience, () => {
  it('tells how each is, and follows it without being touched', async () => {
    let present: readonly GatewayStatusView[] = [up, down];
    await renderAdmin('/admin/gateways', {
      fill,
      answers: { 'GET /admin/gateway-statuses': () => ({ items: present }) },
    });
    const row = await screen.findByRole('row', { name: /Carrier/ });
    await within(row).findByText('12 of 30');
    expect(row.textContent).toContain('Up');
    expect(row.textContent).toContain('75%');
    expect(row.textContent).toContain('1.2 sec');
    const other = screen.getByRole('row', { name: /backup/ });
    expect(other.textContent).toContain('Down');
    expect(other.textContent).toContain('It does not answer.');
    row.focus();
    present = [{ ...up, calls: 13 }, down];
    await within(row).findByText('13 of 30');
    expect(document.activeElement).toBe(row);
  });

  it('is filtered by text and by state', async () => {
    const { user } = await renderAdmin('/admin/gateways', { fill, answers: statuses(up, down) });
    await screen.findByText('12 of 30');
    await user.click(button(/State/));
    await user.click(screen.getByRole('option', { name: 'Down' }));
    await waitFor(() => expect(screen.queryByRole('row', { name: /Carrier/ })).toBeNull());
    expect(screen.getByRole('row', { name: /backup/ })).toBeTruthy();
    await user.type(screen.getByRole('searchbox'), 'carrier');
    expect(await screen.findByText('Nothing found')).toBeTruthy();
  });

  it('keeps showing what it knew while the bridge does not tell', async () => {
    let times = 0;
    const answer = () => {
      times += 1;
      if (times > 1) throw new DialbridgeError('forbidden');
      return { items: [up] };
    };
    await renderAdmin('/admin/gateways', { fill, answers: { 'GET /admin/gateway-statuses': answer } });
    await screen.findByText('12 of 30');
    await screen.findByText(/^How the gateways are could not be read/);
    expect(screen.getByText('12 of 30')).toBeTruthy();
  });

  it('leaves an auditor to read', async () => {
    await renderAdmin('/admin/gateways', { fill, role: 'auditor', answers: statuses(up) });
    await screen.findByRole('row', { name: /Carrier/ });
    expect(screen.queryByRole('button', { name: /New gateway|Import/ })).toBeNull();
    expect(button('Export')).toBeTruthy();
  });
});

describe('gateways as files', patience, () => {
  it('are imported from what was exported, after what would change was shown', async () => {
    const written: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      written.push(blob as Blob);
      return 'blob:gateways';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    const { bridge, user } = await renderAdmin('/admin/gateways', { fill, answers: statuses() });
    await user.click(button('Export'));
    await user.click(await screen.findByRole('menuitem', { name: 'As CSV, for spreadsheets' }));
    await waitFor(() => expect(written).toHaveLength(1));
    const sheet = (await written[0]?.text()) as string;
    const choose = async (text: string) => {
      const input = document.querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement;
      await user.upload(input, new File([text], 'gateways.csv', { type: 'text/csv' }));
    };
    await user.click(button('Import'));
    await screen.findByRole('dialog', { name: 'Import gateways' });
    await choose(sheet);
    expect(await screen.findByText('Nothing would change.')).toBeTruthy();
    await choose(`${sheet.replace('sip.carrier.test', 'sip2.carrier.test').replace('backup', 'spare')}`);
    await user.click(await screen.findByRole('button', { name: '1 changed gateway' }));
    expect(screen.getByText('Host')).toBeTruthy();
    expect(button('1 new gateway')).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'Delete it' }));
    expect(button('1 deleted gateway')).toBeTruthy();
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Import' }));
    expect(await screen.findByText('Imported: 1 new, 1 changed, 1 deleted.')).toBeTruthy();
    expect(bridge.get('gateways', 'carrier')).toMatchObject({
      host: 'sip2.carrier.test',
      credentials: { hasPassword: true },
    });
  });
});
