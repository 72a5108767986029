import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import { allowed, refused } from '../explain/testing/explanations.ts';
import type { FakeAdminBridge } from '../testing/FakeAdminBridge.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';

beforeEach(() => {
  // Nothing has a size here, and only rows in sight are drawn. The last is the height of each row.
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1000);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(2000);
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(80);
});
afterEach(cleanup);

const fill = (bridge: FakeAdminBridge) => {
  bridge.put('groups', { id: 'sales', name: 'Sales' });
  bridge.put('brands', { id: 'default', name: 'Dialbridge' });
  bridge.put(
    'rules',
    { id: 'premium', name: 'No premium', order: 1, action: 'deny', to: { types: ['premiumRate'] } },
    {
      id: 'germany',
      name: 'Germany',
      order: 2,
      action: 'allow',
      from: { groups: ['sales'] },
      to: { countries: ['DE'] },
    },
    { id: 'us', order: 3, isEnabled: false, action: 'allow', from: { users: ['alice'] }, to: { prefix: '+1' } },
  );
};

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const titles = () => screen.getAllByRole('row').map((row) => row.querySelector('.rule-title')?.textContent);
const announced = () => screen.getByRole('status', { name: 'Order of rules' }).textContent;

async function choose(user: Awaited<ReturnType<typeof renderAdmin>>['user'], name: string, action: string) {
  await user.click(await screen.findByRole('button', { name: `More for ${name}` }));
  await user.click(screen.getByRole('menuitem', { name: action }));
}

describe('the list of rules', patience, () => {
  it('tells each rule as a sentence, with its state, in order of decision', async () => {
    await renderAdmin('/admin/rules', { fill });
    expect(await screen.findByText('Allow the group Sales to call Germany')).toBeTruthy();
    expect(titles()).toEqual(['No premium', 'Germany', 'Rule us']);
    const [, , off] = screen.getAllByRole('row');
    expect(within(off as HTMLElement).getByText('Switched off')).toBeTruthy();
  });

  it('moves a rule by its menu, with one request, and says where it is now', async () => {
    const { bridge, user } = await renderAdmin('/admin/rules', { fill });
    await choose(user, 'Rule us', 'Move to the top');
    expect(titles()).toEqual(['Rule us', 'No premium', 'Germany']);
    expect(announced()).toBe('Rule us is now rule 1 of 3.');
    await waitFor(() => expect(bridge.rulesInOrder().map(({ id }) => id)).toEqual(['us', 'premium', 'germany']));
    expect(bridge.writes.map(({ path, body }) => [path, body])).toEqual([
      ['/admin/rules/us/move', { before: 'premium' }],
    ]);
    await choose(user, 'Rule us', 'Move down');
    await waitFor(() => expect(bridge.rulesInOrder().map(({ id }) => id)).toEqual(['premium', 'us', 'germany']));
  });

  it('takes a move back that the bridge refuses, and says why', async () => {
    const refuse = () => {
      throw new DialbridgeError('forbidden');
    };
    const { user } = await renderAdmin('/admin/rules', { fill, answers: { 'POST /admin/rules/us/move': refuse } });
    await choose(user, 'Rule us', 'Move up');
    await waitFor(() =>
      expect(announced()).toContain('could not be moved and is back at its place: Your account may not'),
    );
    expect(titles()).toEqual(['No premium', 'Germany', 'Rule us']);
  });

  it('keeps later moves while an earlier one is refused', async () => {
    let refuse = (_error: Error) => {};
    const wait = () => new Promise((_resolve, reject) => (refuse = reject));
    const { bridge, user } = await renderAdmin('/admin/rules', {
      fill,
      answers: { 'POST /admin/rules/us/move': wait },
    });
    await choose(user, 'Rule us', 'Move to the top');
    await choose(user, 'Germany', 'Move up');
    expect(titles()).toEqual(['Rule us', 'Germany', 'No premium']);
    refuse(new DialbridgeError('forbidden'));
    await waitFor(() => expect(bridge.rulesInOrder().map(({ id }) => id)).toEqual(['germany', 'premium', 'us']));
    await waitFor(() => expect(titles()).toEqual(['Germany', 'No premium', 'Rule us']));
  });

  it('reads long lists to the end', async () => {
    const rules = Array.from({ length: 1200 }, (_, index) => ({ id: `r${index}`, order: index, action: 'deny' }));
    const { bridge } = await renderAdmin('/admin/rules', { fill: (made) => made.put('rules', ...rules) });
    expect(await screen.findByText('1200 rules', undefined, { timeout: 15_000 })).toBeTruthy();
    expect(bridge.asked.filter(({ path }) => path.startsWith('/admin/rules?'))).toHaveLength(2);
    expect(screen.getAllByRole('row').length).toBeLessThan(100);
  });

  it('finds rules by their sentence, and then keeps their order', async () => {
    const { user } = await renderAdmin('/admin/rules', { fill });
    await user.type(await screen.findByRole('searchbox', { name: 'Search rules' }), 'germany');
    await waitFor(() => expect(titles()).toEqual(['Germany']));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Move Germany' }).disabled).toBe(true);
  });

  it('switches a rule on without opening it', async () => {
    const { bridge, user } = await renderAdmin('/admin/rules', { fill });
    await choose(user, 'Rule us', 'Switch on');
    expect(await screen.findByText('Rule us is switched on.')).toBeTruthy();
    expect(bridge.get('rules', 'us')).toMatchObject({ isEnabled: true, from: { users: ['alice'] }, order: 3 });
  });

  it('shows an auditor everything and no way to change it', async () => {
    const { user } = await renderAdmin('/admin/rules', { fill, role: 'auditor' });
    await screen.findByText('Germany');
    expect(screen.queryByRole('button', { name: 'New rule' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Move Germany' })).toBeNull();
    await user.click(button('More for Germany'));
    expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual(['Open', 'Try a call']);
  });
});

describe('editing a rule', patience, () => {
  it('makes a rule of what is written, and lets the bridge put it last', async () => {
    const { bridge, user } = await renderAdmin('/admin/rules/new', { fill });
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Britain');
    await user.type(screen.getByRole('textbox', { name: 'Numbers that begin with' }), '0044{Enter}');
    await user.type(screen.getAllByRole('textbox', { name: 'Calls at once' })[0] as HTMLElement, '2');
    await user.tab();
    expect(
      screen.getByText('Allow everybody to call numbers that begin with +44, at most 2 calls at once'),
    ).toBeTruthy();
    await user.click(button('Create'));
    await waitFor(() => expect(bridge.writes).toHaveLength(1));
    expect(bridge.writes[0]?.body).toEqual({
      name: 'Britain',
      isEnabled: true,
      action: 'allow',
      to: { prefix: ['+44'] },
      limits: { callsAtOnce: 2 },
    });
    expect(await screen.findByText('Britain is created.')).toBeTruthy();
  });

  it('puts a new rule before all others on wish', async () => {
    const { bridge, user } = await renderAdmin('/admin/rules', { fill });
    await screen.findByText('Germany');
    await user.click(button('New rule'));
    await user.click(screen.getByRole('radio', { name: 'Deny' }));
    await user.click(screen.getByRole('radio', { name: 'At the top' }));
    await user.click(button('Create'));
    await waitFor(() => expect(bridge.writes[0]?.body).toEqual({ isEnabled: true, action: 'deny', order: 0 }));
  });

  it('marks the field of a time that is none, in its row', async () => {
    const { bridge, user } = await renderAdmin('/admin/rules/germany', { fill });
    await user.click(await screen.findByRole('switch', { name: 'Only at certain hours' }));
    await user.click(button('Add hours'));
    const second = screen.getByRole('group', { name: 'Hours 2' });
    const from = within(second).getByRole<HTMLInputElement>('textbox', { name: 'From' });
    await user.clear(from);
    await user.type(from, 'noon');
    await user.click(button('Save'));
    expect(from.getAttribute('aria-invalid')).toBe('true');
    const first = screen.getByRole('group', { name: 'Hours 1' });
    expect(within(first).getByRole('textbox', { name: 'From' }).getAttribute('aria-invalid')).toBeNull();
    expect(bridge.writes).toHaveLength(0);
    await user.clear(from);
    await user.type(from, '9{Tab}');
    expect(from.value).toBe('09:00');
  });

  it('shows what the bridge refuses at its field', async () => {
    const refuse = () => {
      throw new DialbridgeError('invalidSetting', {
        details: { key: 'from.groups.0', expected: 'expected a group that exists' },
      });
    };
    const { user } = await renderAdmin('/admin/rules/germany', {
      fill,
      answers: { 'PUT /admin/rules/germany': refuse },
    });
    await user.click(await screen.findByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Expected: a group that exists.')).toBeTruthy();
  });

  it('keeps the place that a rule got meanwhile', async () => {
    const { bridge, user } = await renderAdmin('/admin/rules/germany', { fill });
    const name = await screen.findByRole('textbox', { name: 'Name' });
    bridge.put('rules', { ...bridge.get('rules', 'germany'), order: 9, revision: 5 });
    await user.type(name, '!');
    await user.click(button('Save'));
    await user.click(await screen.findByRole('button', { name: 'Look at it' }));
    await user.click(button('Save'));
    await waitFor(() => expect(bridge.get('rules', 'germany')).toMatchObject({ name: 'Germany!', order: 9 }));
  });

  it('tries the rule as edited beside what is saved, without saving', async () => {
    const { bridge, user } = await renderAdmin('/admin/rules/germany', {
      fill,
      answers: { 'POST /admin/explain': ({ body }) => ((body as { draft?: object }).draft ? allowed : refused) },
    });
    await user.click(await screen.findByRole('radio', { name: 'Deny' }));
    await user.type(screen.getByRole('combobox', { name: 'User name' }), 'alice');
    await user.tab();
    await user.type(screen.getByRole('textbox', { name: 'Number to try' }), '030');
    await user.click(button('Try this call'));
    expect(await screen.findByText('This call becomes possible.')).toBeTruthy();
    const [now, then] = bridge.writes.map(({ body }) => body as { atMs: number; draft?: { put: object[] } });
    expect(now?.draft).toBeUndefined();
    expect(then?.atMs).toBe(now?.atMs);
    expect(then?.draft?.put).toMatchObject([{ id: 'germany', action: 'deny', order: 2 }]);
    expect(bridge.get('rules', 'germany')).toMatchObject({ action: 'allow' });
  });

  it('does not try a rule that is not right', async () => {
    const { bridge, user } = await renderAdmin('/admin/rules/germany', { fill });
    await user.type(await screen.findByRole('textbox', { name: 'IP addresses' }), '10.0.0.300{Enter}');
    await user.click(button('Try this call'));
    expect(screen.getByText('Put the fields of the rule right first.')).toBeTruthy();
    expect(bridge.writes).toHaveLength(0);
  });

  it('says why a place is refused, where no field is to blame', async () => {
    const refuse = () => {
      throw new DialbridgeError('invalidSetting', {
        details: { key: 'order', expected: 'expected a place behind the operators’ rules' },
      });
    };
    const { user } = await renderAdmin('/admin/rules/new', {
      fill,
      role: 'brandManager',
      answers: { 'POST /admin/rules': refuse },
    });
    await user.click(button('Create'));
    expect((await screen.findByRole('alert')).textContent).toBe('Expected: a place behind the operators’ rules.');
  });

  it('offers the names of users for what is typed', async () => {
    const { user } = await renderAdmin('/admin/rules/new', {
      fill: (bridge) => bridge.put('users', { id: 'u2', userName: 'alice', displayName: 'Alice Winter' }),
    });
    const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Users' });
    await user.type(field, 'wint');
    await waitFor(() => expect(field.closest('.field')?.querySelector('datalist option[value=alice]')).toBeTruthy());
  });

  it('lets a brand manager only look at a rule that reaches beyond their brand', async () => {
    await renderAdmin('/admin/rules/germany', { fill, role: 'brandManager' });
    expect(await screen.findByText(/only an operator can change it/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });

  it('leaves a brand manager no way to move what is not theirs', async () => {
    const own = { id: 'own', name: 'Own', order: 4, action: 'deny', from: { brands: ['default'] } };
    const { user } = await renderAdmin('/admin/rules', {
      role: 'brandManager',
      fill: (bridge) => {
        fill(bridge);
        bridge.put('rules', own);
      },
    });
    const handle = await screen.findByRole<HTMLButtonElement>('button', { name: 'Move Own' });
    expect([handle.disabled, button('Move Germany').hasAttribute('disabled')]).toEqual([false, true]);
    await user.click(button('More for Germany'));
    expect(screen.queryByRole('menuitem', { name: 'Move up' })).toBeNull();
  });

  it('makes rules of a brand manager for their brand alone', async () => {
    const { bridge, user } = await renderAdmin('/admin/rules/new', { fill, role: 'brandManager' });
    await user.click(button('Create'));
    await waitFor(() => expect(bridge.writes[0]?.body).toMatchObject({ from: { brands: ['default'] } }));
  });
});
