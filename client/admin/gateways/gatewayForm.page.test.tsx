import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';
import { gatewayStatus } from './testing/gatewayStatus.ts';
import { button, field, fill, statuses, up } from './testing/gatewaysPage.ts';

afterEach(cleanup);

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

  it('keeps what happens in calls in progress', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/gateways/new', { answers });
    await write(field('Name'), 'New carrier');
    await write(field('Host name or IP address'), 'sip.new.test');
    await user.click(button('Calls in progress'));
    await user.click(button(/Calls are passed on/));
    await user.click(screen.getByRole('option', { name: 'By this bridge only' }));
    await user.click(screen.getByRole('switch', { name: 'Music while a call is on hold' }));
    await user.click(screen.getByRole('switch', { name: 'It may pass calls on to others' }));
    await write(field('Check that calls are still there, within'), '600');
    await user.click(button('Create'));
    await waitFor(() =>
      expect(bridge.get('gateways', 'new-carrier')).toMatchObject({
        inCall: { transfer: 'bridge', followsReferrals: false, hasHoldMusic: false, sessionExpiresSeconds: 600 },
      }),
    );
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
