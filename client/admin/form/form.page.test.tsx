import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { FakeAdminBridge } from '../testing/FakeAdminBridge.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';
import { fieldOf } from './fieldPaths.ts';
import { mergeFields } from './mergeFields.ts';
import { originOf } from './originOf.ts';
import { slugOf } from './slugOf.ts';

afterEach(cleanup);

const button = (name: string) => screen.getByRole('button', { name });
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const fill = (bridge: FakeAdminBridge) => {
  bridge.put('brands', { id: 'default', name: 'Dialbridge' }, { id: 'acme', name: 'Acme' });
  bridge.put('groups', { id: 'sales', name: 'Sales' }, { id: 'press', name: 'Press', brandId: 'acme' });
};

describe('the form of an entity', patience, () => {
  it('says that somebody else was quicker, and keeps what was written over what they saved', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/users/u2', {
      fill: (filled) => filled.put('users', { id: 'u2', userName: 'ann', displayName: 'Ann', role: 'user' }),
    });
    await screen.findByRole('textbox', { name: 'Display name' });
    bridge.put('users', { id: 'u2', userName: 'ann', displayName: 'Ann Autumn', role: 'auditor', revision: 2 });
    await user.clear(field('Display name'));
    await write(field('Display name'), 'Ann Winter');
    await user.click(button('Save'));
    await screen.findByText('Changed by somebody else meanwhile');
    expect(bridge.get('users', 'u2')).toMatchObject({ displayName: 'Ann Autumn' });

    await user.click(button('Look at it'));
    await screen.findByText(/^This is the newest version/);
    expect(field('Display name').value).toBe('Ann Winter');
    expect(screen.getByText('Meanwhile somebody else wrote here: Ann Autumn')).toBeTruthy();
    expect(within(screen.getByRole('dialog')).getByRole('button', { name: /Auditor Role/ })).toBeTruthy();

    await user.click(button('Save'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(bridge.get('users', 'u2')).toMatchObject({ displayName: 'Ann Winter', role: 'auditor', revision: 3 });
  });

  it('asks before it throws away what was written', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/groups/sales', { fill });
    await write(await screen.findByRole('textbox', { name: 'Name' }), ' team');
    await user.keyboard('{Escape}');
    await user.click(
      within(screen.getByRole('dialog', { name: 'Discard your changes?' })).getByRole('button', {
        name: 'Keep editing',
      }),
    );
    expect(field('Name').value).toBe('Sales team');
    await user.click(button('Cancel'));
    await user.click(button('Discard'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(bridge.writes).toHaveLength(0);
  });

  it('closes at once where nothing was written', async () => {
    const { user } = await renderAdmin('/admin/groups/sales', { fill });
    await screen.findByRole('textbox', { name: 'Name' });
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('speaks of a problem when the field is left, not while it is written', async () => {
    const { user, write } = await renderAdmin('/admin/groups/new', { fill });
    await write(field('Name'), 'Sales');
    await user.clear(field('Id'));
    await write(field('Id'), 'no spaces');
    expect(screen.queryByText(/^Expected/)).toBeNull();
    await user.tab();
    expect(screen.getByText(/^Expected: letters, digits, dots/)).toBeTruthy();
  });

  it('makes an id of the name until somebody writes one', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/groups/new', { fill });
    await write(field('Name'), 'Vertrieb Zürich');
    expect(field('Id').value).toBe('vertrieb-zurich');
    await user.click(button('Create'));
    await waitFor(() => expect(bridge.get('groups', 'vertrieb-zurich')).toMatchObject({ name: 'Vertrieb Zürich' }));
  });

  it('says what keeps something from being deleted, in the question’s place', async () => {
    const refuse = () => {
      throw new DialbridgeError('inUse', { details: { by: 'the rule “Germany”' } });
    };
    const { user } = await renderAdmin('/admin/groups/sales', {
      fill,
      answers: { 'DELETE /admin/groups/sales': refuse },
    });
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    const question = screen.getByRole('dialog', { name: 'Delete Sales?' });
    await user.click(within(question).getByRole('button', { name: 'Delete' }));
    expect(await within(question).findByText(/still in use by the rule “Germany”/)).toBeTruthy();
  });

  it('deletes the state that was seen', async () => {
    const { bridge, user } = await renderAdmin('/admin/groups/sales', { fill });
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    const question = screen.getByRole('dialog', { name: 'Delete Sales?' });
    await user.click(within(question).getByRole('button', { name: 'Delete' }));
    await screen.findByText('Sales is deleted.');
    expect(bridge.writes[0]).toMatchObject({ method: 'DELETE', ifMatch: '"1"' });
    await waitFor(() => expect(screen.queryByRole('row', { name: /Sales/ })).toBeNull());
  });

  it('says what stands in the way of reading it', async () => {
    await renderAdmin('/admin/groups/gone', { fill });
    expect(await screen.findByText('This is not there (any more).')).toBeTruthy();
  });
});

describe('what a role may do', patience, () => {
  it('leaves an auditor to read', async () => {
    const { user } = await renderAdmin('/admin/groups/sales', { fill, role: 'auditor' });
    const panel = await screen.findByRole('dialog', { name: 'Sales' });
    await within(panel).findByRole('textbox', { name: 'Name' });
    expect(field('Name').readOnly).toBe(true);
    expect(within(panel).queryByRole('button', { name: /Save|Delete|Cancel/ })).toBeNull();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.queryByRole('button', { name: 'New group' })).toBeNull();
  });

  it('puts a brand manager’s groups into their brand, and lets them only look at everybody’s', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/groups/new', { fill, role: 'brandManager' });
    expect(within(screen.getByRole('dialog')).queryByText('Brand')).toBeNull();
    await write(field('Name'), 'Own');
    await user.click(button('Create'));
    await waitFor(() => expect(bridge.get('groups', 'own')).toMatchObject({ brandId: 'default' }));
    await user.click(await screen.findByRole('row', { name: /Sales/ }));
    await screen.findByRole('textbox', { name: 'Name' });
    expect(field('Name').readOnly).toBe(true);
  });
});

describe('mergeFields', () => {
  it.each([
    ['takes theirs where I changed nothing', { a: 1 }, { a: 1 }, { a: 2 }, { a: 2 }, {}],
    ['keeps mine where they changed nothing', { a: 1 }, { a: 3 }, { a: 1 }, { a: 3 }, {}],
    ['keeps mine and tells theirs where both changed', { a: 1 }, { a: 3 }, { a: 2 }, { a: 3 }, { a: 2 }],
    ['tells nothing where both changed to the same', { a: [1] }, { a: [2] }, { a: [2] }, { a: [2] }, {}],
  ])('%s', (_, base, mine, present, fields, theirs) => {
    expect(mergeFields<object>(base, mine, present)).toEqual({ fields, theirs });
  });
});

describe('fieldOf', () => {
  it.each([
    ['name', 'name'],
    ['origins.2', 'origins'],
    ['limits.callsAtOnce', 'limits.callsAtOnce'],
    ['limits.other', null],
    ['names', null],
    ['', null],
  ])('places a problem at %j', (key, field) => {
    expect(fieldOf(key, ['name', 'origins', 'limits.callsAtOnce'])).toBe(field);
  });

  it('takes the nearest field', () => {
    expect(fieldOf('to.prefix.0', ['to', 'to.prefix'])).toBe('to.prefix');
  });
});

describe('slugOf', () => {
  it.each([
    ['Front desk (Zürich)', 'front-desk-zurich'],
    ['  --  ', ''],
    ['Ünïcode 2', 'unicode-2'],
  ])('makes of %j %j', (name, slug) => expect(slugOf(name)).toBe(slug));
});

describe('originOf', () => {
  it.each([
    ['https://Www.Example.com/contact?a=1#b', 'https://www.example.com'],
    ['http://localhost:5173/', 'http://localhost:5173'],
    ['https://*.example.com/', 'https://*.example.com'],
    ['example.com', 'example.com'],
  ])('keeps of %j %j', (text, origin) => expect(originOf(text)).toBe(origin));
});
