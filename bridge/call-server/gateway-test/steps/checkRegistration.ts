import type { GatewayStatusView } from '../../../../shared/admin/index.ts';
import type { StepResult } from '../TestRun.ts';
import type { TestContext } from './TestContext.ts';
import { waitUntil } from './waitUntil.ts';

/** How long a registration that is under way is waited for. */
const timeoutMs = 5000;
const everyMs = 250;

/** Whether we are registered with a trunk that wants that. The registration itself is kept up elsewhere, all the time. */
export async function checkRegistration({ gateway, registrationOf, clock, run }: TestContext): Promise<StepResult> {
  if (gateway.registration === null) return { outcome: 'skipped', text: 'It is not registered with.' };
  if (!gateway.isEnabled) {
    return { outcome: 'skipped', text: 'It is switched off, so the bridge doesn’t register with it.' };
  }
  let now: GatewayStatusView['registration'] = null;
  await waitUntil({ clock, signal: run.signal }, { timeoutMs, everyMs }, async () => {
    now = await registrationOf(gateway.id);
    return now !== null && now.state !== 'trying';
  });
  return resultOf(now);
}

function resultOf(registration: GatewayStatusView['registration']): StepResult {
  if (registration === null) {
    return { outcome: 'failed', text: 'The bridge has not begun to register with it. Was it changed just now?' };
  }
  const { state, expiresAtMs, problem } = registration;
  if (state === 'registered') {
    const until = expiresAtMs === null ? '' : ` until ${new Date(expiresAtMs).toISOString()}`;
    return { outcome: 'passed', text: `Registered${until}.` };
  }
  if (state === 'trying') {
    return {
      outcome: 'failed',
      text: 'The bridge tries to register and has no answer yet. Is that the registrar’s address?',
    };
  }
  const why = problem ?? 'no reason is known';
  const hint = /40[137]|password|forbidden|unauthori[sz]ed/i.test(why) ? ' Look at the credentials.' : '';
  return { outcome: 'failed', text: `It is not registered: ${why}.${hint}` };
}
