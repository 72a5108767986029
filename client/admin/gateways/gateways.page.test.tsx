import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GatewayStatusView } from '../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { FakeAdminBridge } from '../testing/FakeAdminBridge.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';
import { gatewayStatus, gatewayTest } from './testing/gatewayStatus.ts';

afterEach(cleanup);

const fill = (bridge: FakeAdminBridge) => {
  bridge.put(
    'gateways',
    {
      id: 'carrier',
      name: 'Carrier',
      host: 'sip.carrier.test',
      maxCalls: 30,
      credentials: { userName: 'trunk', password: 'secret' },
    },
    { id: 'backup', host: '192.0.2.7', isEnabled: true },
  );
};
const up = gatewayStatus('carrier', {
  calls: 12,
  lastHour: { tried: 40, answered: 30, failed: 1, answerRate: 0.75, postDialDelayMs: 1234, mos: 4.2 },
});
const down = gatewayStatus('backup', { state: 'down', problem: 'It does not answer.' });
const statuses = (...items: GatewayStatusView[]) => ({ 'GET /admin/gateway-statuses': () => ({ items }) });
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

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

describe('a gateway’s form', patience, () => {
  const answers = { ...statuses(), 'GET /admin/gateways/new-carrier/status': () => gatewayStatus('new-carrier') };

  it('needs a host alone, and leads to its page', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/gateways/new', { answers });
    await write(field('Name'), 'New carrier');
    await write(field('Host name or IP address'), 'sip.new.test');
    await user.click(button('Create'));
    await waitFor(() =>
      expect(bridge.get('gateways', 'new-carrier')).toMatchObject({ host: 'sip.new.test', prefixes: ['+'] }),
    );
    expect(await screen.findByRole('heading', { level: 1, name: 'New carrier' })).toBeTruthy();
  });

  it('opens what is folded where something in it is wrong', async () => {
    const { user, write } = await renderAdmin('/admin/gateways/new', { answers });
    await write(field('Name'), 'New carrier');
    await write(field('Host name or IP address'), 'sip.new.test');
    await user.click(button('Limits and times'));
    await user.clear(field('Weight'));
    await user.click(button('Limits and times'));
    await user.click(button('Create'));
    await waitFor(() => expect(document.activeElement).toBe(field('Weight')));
    expect(screen.getAllByText('Please fill this in.')).toHaveLength(1);
  });

  it('keeps a password that it never shows, until it is replaced', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/gateways/carrier/edit', {
      fill,
      answers: { ...statuses(), 'GET /admin/gateways/carrier/status': () => up },
    });
    await screen.findByText('One is kept. It is never shown.');
    await write(field('Account name'), '2');
    await user.click(button('Save'));
    await waitFor(() => expect(bridge.writes).toHaveLength(1));
    expect(bridge.writes[0]?.body).toMatchObject({ credentials: { userName: 'trunk2' } });
    expect(JSON.stringify(bridge.writes[0]?.body)).not.toContain('password');
    await user.click(await screen.findByRole('button', { name: 'Edit settings' }));
    await user.click(await screen.findByRole('button', { name: 'Replace: Account password' }));
    await write(screen.getByLabelText('Account password'), 'new secret');
    await user.click(button('Save'));
    await waitFor(() => expect(bridge.writes).toHaveLength(2));
    expect(bridge.writes[1]?.body).toMatchObject({ credentials: { userName: 'trunk2', password: 'new secret' } });
  });

  it('shows what becomes of a number by the rules', async () => {
    const { user } = await renderAdmin('/admin/gateways/new', { answers });
    await user.click(button('Caller ID and number formats'));
    const rules = screen.getByRole('group', { name: 'How the called number is written there' });
    expect(within(rules).getByText('+49 30 123456 → +4930123456')).toBeTruthy();
    await user.click(within(rules).getByRole('button', { name: /Way of writing/ }));
    await user.click(screen.getByRole('option', { name: 'As within a country' }));
    await user.click(within(rules).getByRole('button', { name: /Within/ }));
    await user.click(screen.getByRole('option', { name: 'Germany' }));
    expect(within(rules).getByText('+49 30 123456 → 030123456')).toBeTruthy();
  });

  it('warns of keys that everybody can read, and of a certificate that nobody checks', async () => {
    const { user } = await renderAdmin('/admin/gateways/new', { answers });
    await user.click(button('Audio'));
    await user.click(button(/Encrypted audio/));
    await user.click(screen.getByRole('option', { name: 'Required' }));
    expect(screen.getByText(/without TLS everybody on the way can read them/)).toBeTruthy();
    await user.click(button(/Transport/));
    await user.click(screen.getByRole('option', { name: 'TLS (encrypted)' }));
    expect(screen.queryByText(/without TLS everybody/)).toBeNull();
    await user.click(button('TLS'));
    await user.click(screen.getByRole('switch', { name: 'Check its certificate' }));
    expect(screen.getByText(/anybody on the way can pretend/)).toBeTruthy();
  });

  it('takes prefixes and costs as they are pasted, and says which line is wrong', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/gateways/new', { answers });
    await write(field('Name'), 'New carrier');
    await write(field('Host name or IP address'), 'sip.new.test');
    fireEvent.change(field('Numbers that begin with'), { target: { value: '+49\n0043' } });
    await user.click(button('Limits and times'));
    fireEvent.change(field('What calls cost us there'), { target: { value: 'prefix;price\n+49;0,01\n+43;free' } });
    await user.click(button('Create'));
    expect(await screen.findByText('Line 3 is no prefix with a price: “+43;free”.')).toBeTruthy();
    fireEvent.change(field('What calls cost us there'), { target: { value: '+49;0,01' } });
    await user.click(button('Create'));
    await waitFor(() =>
      expect(bridge.get('gateways', 'new-carrier')).toMatchObject({
        prefixes: ['+49', '+43'],
        costs: [{ prefix: '+49', pricePerMinute: 0.01 }],
      }),
    );
  });
});

describe('a gateway’s page', patience, () => {
  const history = up.history.map((step, index) => ({
    ...step,
    ...(index === 95 && { tried: 8, answered: 6, answerRate: 0.75, postDialDelayMs: 900, mos: 4.1 }),
    wasDown: index === 50,
  }));
  const full = {
    ...up,
    history,
    state: 'returning' as const,
    share: 0.25,
    problem: 'Half of its calls failed.',
    registration: { state: 'failed' as const, expiresAtMs: null, problem: 'It answered 403.' },
    changes: [{ atMs: 1_700_000_000_000, from: 'down' as const, to: 'returning' as const, problem: null }],
  };
  const answers = { ...statuses(), 'GET /admin/gateways/carrier/status': () => full };

  it('tells how it is and why, and how it was', async () => {
    const { user } = await renderAdmin('/admin/gateways/carrier', { fill, answers });
    expect(await screen.findByText('Half of its calls failed.')).toBeTruthy();
    expect(screen.getByText('It gets 25% of the calls that it would get.')).toBeTruthy();
    expect(screen.getByText('It answered 403.')).toBeTruthy();
    expect(screen.getByText('192.0.2.1:5060 UDP')).toBeTruthy();
    expect(screen.getByText('Reachable')).toBeTruthy();
    expect(screen.getByText('From “Down” to “Coming back”')).toBeTruthy();
    expect(screen.getByRole('img', { name: /^Calls of the last 24 hours: lowest 0, highest 8, last 8/ })).toBeTruthy();
    await user.click(button('The same as a table'));
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows).toHaveLength(97);
    expect(rows[96]?.textContent).toContain('75%');
    expect(rows.filter((row) => row.textContent?.endsWith('Yes'))).toHaveLength(1);
  });

  it('tests it, step by step, and shows the messages', async () => {
    let polls = 0;
    const running = gatewayTest('carrier', { state: 'running', steps: [], messages: [] });
    const { bridge, user, write } = await renderAdmin('/admin/gateways/carrier/test', {
      fill,
      answers: {
        ...answers,
        'POST /admin/gateways/carrier/tests': () => running,
        'GET /admin/gateway-tests/trial-1': () => {
          polls += 1;
          return polls === 1 ? running : gatewayTest('carrier');
        },
      },
    });
    await write(await screen.findByRole('textbox', { name: 'Number to call' }), '+49 30 123456');
    await user.click(button('Start the test'));
    await screen.findByText('The test has passed.');
    expect(bridge.writes.at(-1)?.body).toEqual({ number: '+4930123456' });
    expect(screen.getByText('It answered 200 OK.')).toBeTruthy();
    const answer = button(/200 OK \(OPTIONS\)/);
    expect(answer.textContent).toContain('+0.012');
    await user.click(answer);
    expect(screen.getByText(/Server: Test/)).toBeTruthy();
    await user.click(button('Copy all'));
    expect(await navigator.clipboard.readText()).toContain('UDP 192.0.2.1:5060 -> 192.0.2.9:5060\nSIP/2.0 200 OK');
    expect(button('Test again')).toBeTruthy();
  });

  it('goes back to the list once it is deleted', async () => {
    const { bridge, user } = await renderAdmin('/admin/gateways/backup/edit', {
      fill,
      answers: { ...statuses(), 'GET /admin/gateways/backup/status': () => down },
    });
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    await user.click(
      within(screen.getByRole('dialog', { name: 'Delete backup?' })).getByRole('button', { name: 'Delete' }),
    );
    await screen.findByRole('heading', { level: 1, name: 'Gateways' });
    expect(bridge.get('gateways', 'backup')).toBeUndefined();
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
