import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeAdminBridge } from '../testing/FakeAdminBridge.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';

afterEach(cleanup);

const crm = { id: 'wh1', name: 'CRM', url: 'https://crm.test/hook', events: ['call.ended'], brandId: null };
const kept = { ...crm, isEnabled: true, revision: 1, updatedAtMs: 1, createdAtMs: 1, switchedOff: null };
const delivery = {
  ...{ id: 'dlv1', webhookId: 'wh1', eventId: 'evt1', eventType: 'call.ended', createdAtMs: 1_700_000_000_000 },
  ...{
    state: 'failed',
    mostAttempts: 8,
    nextAttemptAtMs: null,
    finishedAtMs: 1_700_000_000_100,
    body: '{"id":"evt1"}',
  },
  attempts: [{ atMs: 1, durationMs: 12.4, status: 500, problem: 'It answered 500', response: 'out of order' }],
};
const fill = (bridge: FakeAdminBridge) => bridge.put('webhooks', crm);
const log = { 'GET /admin/webhook-deliveries': () => ({ items: [delivery], nextCursor: null }) };
const button = (name: string) => screen.getByRole('button', { name });
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

describe('a webhook', patience, () => {
  it('is made with a secret that is shown once', async () => {
    const made = { webhook: { ...kept, oldSecretEndsAtMs: null }, secret: 'whsec_x' };
    const { bridge, user, write } = await renderAdmin('/admin/webhooks/new', {
      answers: { 'POST /admin/webhooks': () => made },
    });
    await write(field('Name'), 'CRM');
    await write(field('Address'), 'crm.test');
    await user.click(button('Create'));
    expect(bridge.writes).toHaveLength(0);
    await user.clear(field('Address'));
    await write(field('Address'), 'https://crm.test/hook');
    await user.click(screen.getByRole('checkbox', { name: /A call was missed/ }));
    await user.click(button('Create'));
    await waitFor(() => expect(field('Secret').value).toBe('whsec_x'));
    expect(bridge.writes[0]?.body).toMatchObject({ events: ['call.ended', 'call.missed'], brandId: null });
    await user.click(button('Done'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('shows what it was told, each try, and sends it again', async () => {
    const { bridge, user } = await renderAdmin('/admin/webhooks/wh1', {
      fill,
      answers: { ...log, 'POST /admin/webhook-deliveries/dlv1/redeliver': () => delivery },
    });
    await user.click(await screen.findByRole('button', { name: 'A call ended' }));
    expect(screen.getByText(/12 ms: It answered 500/)).toBeTruthy();
    expect(screen.getByText('out of order')).toBeTruthy();
    await user.click(button('Send again'));
    await waitFor(() =>
      expect(bridge.writes.map(({ path }) => path)).toEqual(['/admin/webhook-deliveries/dlv1/redeliver']),
    );
  });

  it('sends a test event and reads the log anew', async () => {
    const { bridge, user } = await renderAdmin('/admin/webhooks/wh1', {
      fill,
      answers: { ...log, 'POST /admin/webhooks/wh1/test': () => delivery },
    });
    const reads = () => bridge.asked.filter(({ path }) => path.startsWith('/admin/webhook-deliveries')).length;
    await user.click(await screen.findByRole('button', { name: 'Send a test event' }));
    await waitFor(() => expect(reads()).toBe(2));
  });

  it('gets another secret, after it was asked, for the state that is shown', async () => {
    const made = { webhook: { ...kept, oldSecretEndsAtMs: 9e12 }, secret: 'whsec_y' };
    const { bridge, user } = await renderAdmin('/admin/webhooks/wh1', {
      fill,
      answers: { ...log, 'POST /admin/webhooks/wh1/rotate-secret': () => made },
    });
    await user.click(await screen.findByRole('button', { name: 'Renew the secret' }));
    expect(bridge.writes).toHaveLength(0);
    await user.click(
      within(await screen.findByRole('dialog', { name: 'Renew the secret?' })).getByRole('button', {
        name: 'Renew the secret',
      }),
    );
    await waitFor(() => expect(field('Secret').value).toBe('whsec_y'));
    expect(bridge.writes[0]?.ifMatch).toBe('"1"');
  });

  it('that the bridge has switched off says so, and why', async () => {
    await renderAdmin('/admin/webhooks/wh1', {
      fill: (bridge) =>
        bridge.put('webhooks', { ...crm, isEnabled: false, switchedOff: { atMs: 1_700_000_000_000, reason: 'gone' } }),
      answers: log,
    });
    await waitFor(() => expect(screen.getByText(/wants no more events \(410\)/)).toBeTruthy());
  });

  it('can be looked at and not touched by auditors', async () => {
    await renderAdmin('/admin/webhooks/wh1', { role: 'auditor', fill, answers: log });
    await screen.findByRole('button', { name: 'A call ended' });
    for (const name of ['Send a test event', 'Renew the secret', 'Delete']) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
  });
});
