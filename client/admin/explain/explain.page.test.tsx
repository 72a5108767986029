import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { FakeAdminBridge } from '../testing/FakeAdminBridge.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';
import { allowed, refused } from './testing/explanations.ts';

afterEach(cleanup);

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const fill = (bridge: FakeAdminBridge) => {
  bridge.put('users', { id: 'u2', userName: 'alice', displayName: 'Alice Winter' });
  bridge.put('brands', { id: 'default', name: 'Dialbridge' });
  bridge.put('embedKeys', {
    id: 'pk_1',
    name: 'Website',
    brandId: 'default',
    origins: ['https://a.example'],
    destinations: [{ number: '+1' }],
  });
};
const answers = { 'POST /admin/explain': () => allowed };

describe('trying a call', patience, () => {
  it('asks for the user and the number, and tells the decision, the rule and what follows', async () => {
    const { bridge, user } = await renderAdmin('/admin/explain', { fill, answers });
    await user.type(screen.getByRole('combobox', { name: 'User name' }), 'alice');
    await user.tab();
    await user.type(screen.getByRole('textbox', { name: 'Number to try' }), '030 123456');
    await user.click(button('Try it'));
    expect(await screen.findByText('alice may call +49 30 123456, because of the rule “Germany”.')).toBeTruthy();
    expect(bridge.writes.at(-1)?.body).toEqual({
      caller: { kind: 'user', userName: 'alice' },
      destination: '030 123456',
      address: '127.0.0.1',
      origin: null,
    });
    for (const text of [
      'Landline, Germany',
      '+12025550100',
      '1 hr 30 min',
      '€0.012 a minute and €0.05 for each call (+49)',
      'Carrier One',
      'gw3: serves +1 alone',
      'The account is enabled.',
    ])
      expect(screen.getByText(text)).toBeTruthy();
  });

  it('folds the rules that do not match, and links to each', async () => {
    const { user } = await renderAdmin('/admin/explain?user=alice&number=030', { fill, answers });
    await user.click(button('Try it'));
    const fold = await screen.findByRole('button', { name: '2 rules do not match' });
    expect(fold.getAttribute('aria-expanded')).toBe('false');
    await user.click(fold);
    expect(screen.getByRole('link', { name: 'Rule us' }).getAttribute('href')).toBe('/admin/rules/us');
    expect(screen.getByText('The number does not begin with +1.')).toBeTruthy();
  });

  it('shows how much of each limit is used', async () => {
    const { user } = await renderAdmin('/admin/explain?user=alice&number=030', { fill, answers });
    await user.click(button('Try it'));
    const atOnce = await screen.findByRole('meter', { name: /^Calls at once/ });
    expect([atOnce.getAttribute('aria-valuenow'), atOnce.getAttribute('aria-valuetext')]).toEqual(['50', '1 of 2']);
    const minutes = screen.getByRole('meter', { name: /^Minutes of talking today/ });
    expect(minutes.getAttribute('aria-valuenow')).toBe('100');
    expect(within(minutes).getByText('A call fits again in 1 hr.')).toBeTruthy();
  });

  it('tells what the caller would be told, and when a retry can help', async () => {
    const { user } = await renderAdmin('/admin/explain?user=alice&number=030', {
      fill,
      answers: { 'POST /admin/explain': () => refused },
    });
    await user.click(button('Try it'));
    expect((await screen.findByText(/The caller is told/)).textContent).toBe(
      'The caller is told: “+49 30 123456 can be called only at certain hours, and not now.” Trying again can help in 1 hr 30 min.',
    );
    expect(screen.getByText('No rule matched, so the call is refused.')).toBeTruthy();
  });

  it('says at the fields what is missing, without asking the bridge', async () => {
    const { bridge, user } = await renderAdmin('/admin/explain', { fill, answers });
    await user.click(button('Try it'));
    expect(screen.getAllByText('Please fill this in.')).toHaveLength(2);
    expect(bridge.writes).toHaveLength(0);
  });

  it('shows at the field what the bridge refuses there', async () => {
    const refuse = () => {
      throw new DialbridgeError('invalidSetting', {
        details: { key: 'caller.userName', expected: 'expected a user name' },
      });
    };
    const { user } = await renderAdmin('/admin/explain?user=nobody&number=030', {
      fill,
      answers: { 'POST /admin/explain': refuse },
    });
    await user.click(button('Try it'));
    expect(await screen.findByText('Expected: a user name.')).toBeTruthy();
  });

  it('finds people by what is typed', async () => {
    const { user } = await renderAdmin('/admin/explain', { fill, answers });
    await user.type(screen.getByRole('combobox', { name: 'User name' }), 'winter');
    await user.click(await screen.findByRole('option', { name: /alice/ }));
    expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'User name' }).value).toBe('alice');
  });

  it('asks for a visitor of an embed key', async () => {
    const { bridge, user } = await renderAdmin('/admin/explain?embedKey=pk_1&number=030', { fill, answers });
    await user.click(button('Try it'));
    await waitFor(() =>
      expect(bridge.writes.at(-1)?.body).toMatchObject({ caller: { kind: 'visitor', embedKeyId: 'pk_1' } }),
    );
    expect(await screen.findByText(/^A visitor by Website may call/)).toBeTruthy();
  });
});
