import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { FakeAdminBridge } from '../testing/FakeAdminBridge.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';

afterEach(cleanup);

const fill = (bridge: FakeAdminBridge) => {
  bridge.put('rates', { id: '+49', name: 'Germany', pricePerMinute: 0.012 }, { id: '+4917', pricePerMinute: 0.1 });
};
const button = (name: string) => screen.getByRole('button', { name });

async function chooseFile(user: Awaited<ReturnType<typeof renderAdmin>>['user'], text: string) {
  await user.click(button('Import'));
  await screen.findByRole('dialog', { name: 'Import rates' });
  const input = document.querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement;
  await user.upload(input, new File([text], 'sheet.csv', { type: 'text/csv' }));
}

describe('the rates page', patience, () => {
  it('tells which rate a whole number has: that of the longest prefix', async () => {
    const { user } = await renderAdmin('/admin/rates', { fill });
    await user.type(screen.getByRole('searchbox'), '+491711234567');
    expect(await screen.findByText('Calls to +49 171 1234567 cost 0.10 a minute, by the rate +4917.')).toBeTruthy();
    await user.clear(screen.getByRole('searchbox'));
    await user.type(screen.getByRole('searchbox'), '+33123456789');
    expect(await screen.findByText(/^No rate fits \+33 1 23 45 67 89/)).toBeTruthy();
  });

  it('adds a rate', async () => {
    const { bridge, user } = await renderAdmin('/admin/rates/new', { fill });
    await user.type(screen.getByRole('textbox', { name: 'Prefix' }), '+1 202');
    await user.type(screen.getByRole('textbox', { name: 'Price a minute' }), '0.0125');
    await user.click(button('Create'));
    await waitFor(() =>
      expect(bridge.get('rates', '+1202')).toMatchObject({ pricePerMinute: 0.0125, firstSeconds: 60 }),
    );
  });

  it('changes a rate, whose prefix stays', async () => {
    const { bridge, user } = await renderAdmin('/admin/rates/%2B49', { fill });
    const fee = await screen.findByRole('textbox', { name: 'Connection fee' });
    await user.clear(fee);
    await user.type(fee, '0.05');
    await user.click(button('Save'));
    await waitFor(() => expect(bridge.get('rates', '+49')).toMatchObject({ connectionFee: 0.05, name: 'Germany' }));
    expect(bridge.writes[0]?.path).toBe('/admin/rates/%2B49');
  });

  it('shows an auditor the rates and no way to change them', async () => {
    await renderAdmin('/admin/rates', { fill, role: 'auditor' });
    await screen.findByText('Germany');
    expect(screen.queryByRole('button', { name: 'Import' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'New rate' })).toBeNull();
    expect(button('Export')).toBeTruthy();
  });

  it('exports the whole table as a file', async () => {
    const written: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      written.push(blob as Blob);
      return 'blob:rates';
    });
    // The window of the tests would go to the file, and stay there for the tests after this one.
    const download = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    const { user } = await renderAdmin('/admin/rates', { fill });
    await user.click(button('Export'));
    await waitFor(() => expect(written).toHaveLength(1));
    expect(download).toHaveBeenCalledOnce();
    expect(await written[0]?.text()).toContain('+49,Germany,0.012,0,60,60\r\n');
  });
});

describe('importing rates', patience, () => {
  const imported = { added: 1, changed: 1, deleted: 0 };
  const answers = { 'POST /admin/rates/import': () => imported };

  it('shows what would be added, changed and deleted, and sends it as one', async () => {
    const { bridge, user } = await renderAdmin('/admin/rates', { fill, answers });
    await chooseFile(user, 'prefix;destination;price\n49;Germany;0,02\n44;UK;0,03\n');
    expect(await screen.findByRole('button', { name: '1 new rate' })).toBeTruthy();
    await user.click(button('1 changed rate'));
    expect(screen.getByText('was 0.012 60/60')).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'Delete it' }));
    expect(button('1 deleted rate')).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'Keep it' }));
    expect(bridge.writes).toHaveLength(0);
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Import' }));
    expect(await screen.findByText('Imported: 1 new, 1 changed, 0 deleted.')).toBeTruthy();
    expect(bridge.writes).toHaveLength(1);
    expect(bridge.writes[0]?.body).toMatchObject({
      mode: 'merge',
      rates: [
        { id: '+49', pricePerMinute: 0.02 },
        { id: '+44', name: 'UK' },
      ],
    });
  });

  it('tells each bad line, and imports the others only on wish', async () => {
    const { bridge, user } = await renderAdmin('/admin/rates', { fill, answers });
    await chooseFile(user, 'prefix,price\n44,0.03\n45,free\n44,0.04\n');
    expect(await screen.findByText('Line 3')).toBeTruthy();
    expect(screen.getByText(/“free” is no price/)).toBeTruthy();
    expect(screen.getByText('+44 stands in line 2 already.')).toBeTruthy();
    const send = within(screen.getByRole('dialog')).getByRole<HTMLButtonElement>('button', { name: 'Import' });
    expect(send.disabled).toBe(true);
    await user.click(screen.getByRole('switch', { name: /Import the others/ }));
    await user.click(send);
    await waitFor(() => expect(bridge.writes[0]?.body).toMatchObject({ rates: [{ id: '+44', pricePerMinute: 0.03 }] }));
  });

  it('says which column is missing', async () => {
    const { user } = await renderAdmin('/admin/rates', { fill, answers });
    await chooseFile(user, 'code,destination\n44,UK\n');
    expect((await screen.findByRole('alert')).textContent).toContain('there is none for the price a minute');
  });

  it('does not send what changes nothing', async () => {
    const { user } = await renderAdmin('/admin/rates', { fill, answers });
    await chooseFile(user, 'prefix,name,price\n49,Germany,0.012\n');
    expect(await screen.findByText('Nothing would change.')).toBeTruthy();
    expect(within(screen.getByRole('dialog')).getByRole<HTMLButtonElement>('button', { name: 'Import' }).disabled).toBe(
      true,
    );
  });

  it('keeps the sheet in sight when the bridge refuses it', async () => {
    const refuse = () => {
      throw new DialbridgeError('forbidden');
    };
    const { user } = await renderAdmin('/admin/rates', { fill, answers: { 'POST /admin/rates/import': refuse } });
    await chooseFile(user, 'prefix,price\n44,0.03\n');
    await screen.findByRole('button', { name: '1 new rate' });
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Import' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Your account may not do this');
    expect(button('1 new rate')).toBeTruthy();
  });
});
