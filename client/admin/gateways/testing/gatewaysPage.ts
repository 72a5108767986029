import { screen } from '@testing-library/react';
import type { GatewayStatusView } from '../../../../shared/admin/index.ts';
import type { FakeAdminBridge } from '../../testing/FakeAdminBridge.ts';
import { gatewayStatus } from './gatewayStatus.ts';

/** Two gateways. */
export const fill = (bridge: FakeAdminBridge) => {
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
export const up = gatewayStatus('carrier', {
  calls: 12,
  lastHour: { tried: 40, answered: 30, failed: 1, answerRate: 0.75, postDialDelayMs: 1234, mos: 4.2 },
});
export const down = gatewayStatus('backup', { state: 'down', problem: 'It does not answer.' });
export const statuses = (...items: GatewayStatusView[]) => ({ 'GET /admin/gateway-statuses': () => ({ items }) });
export const button = (name: string | RegExp) => screen.getByRole('button', { name });
export const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
