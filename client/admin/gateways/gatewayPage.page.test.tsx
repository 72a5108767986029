import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';
import { gatewayTest } from './testing/gatewayStatus.ts';
import { button, down, fill, statuses, up } from './testing/gatewaysPage.ts';

afterEach(cleanup);

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
