import type { GatewayStatusView, GatewayTest } from '../../../../shared/admin/index.ts';
import type { GatewayId } from '../../../../shared/domain/index.ts';

const quiet = { tried: 0, answered: 0, failed: 0, answerRate: null, postDialDelayMs: null, mos: null };

/** How a gateway is, with what a test wants to be different. */
export function gatewayStatus(id: string, changed: Partial<GatewayStatusView> = {}): GatewayStatusView {
  const startMs = 1_700_000_000_000;
  const stepMs = 15 * 60_000;
  return {
    gatewayId: id as GatewayId,
    state: 'up',
    sinceMs: startMs,
    problem: null,
    share: 1,
    resumeAtMs: null,
    lastProbeAtMs: startMs,
    roundTripMs: 12,
    registration: null,
    addresses: [{ transport: 'udp', address: '192.0.2.1', port: 5060, isReachable: true }],
    calls: 0,
    maxCalls: null,
    lastHour: quiet,
    history: Array.from({ length: 96 }, (_, index) => ({
      ...quiet,
      fromMs: startMs + index * stepMs,
      toMs: startMs + (index + 1) * stepMs,
      wasDown: false,
    })),
    changes: [],
    ...changed,
  };
}

/** A trial that has passed without a call. */
export function gatewayTest(id: string, changed: Partial<GatewayTest> = {}): GatewayTest {
  const options = 'OPTIONS sip:gw.test SIP/2.0\r\nCSeq: 1 OPTIONS\r\n\r\n';
  const wire = { transport: 'udp', local: '192.0.2.9:5060', remote: '192.0.2.1:5060' } as const;
  return {
    id: 'trial-1',
    gatewayId: id as GatewayId,
    state: 'passed',
    startedAtMs: 1_700_000_000_000,
    endedAtMs: 1_700_000_000_050,
    steps: [
      { step: 'lookUp', outcome: 'passed', text: '192.0.2.1, port 5060, UDP.', durationMs: 3 },
      { step: 'probe', outcome: 'passed', text: 'It answered 200 OK.', durationMs: 12 },
      { step: 'invite', outcome: 'skipped', text: 'No number was given.', durationMs: null },
    ],
    messages: [
      { atMs: 1_700_000_000_000.25, direction: 'sent', text: options, ...wire },
      {
        atMs: 1_700_000_000_012.5,
        direction: 'received',
        text: 'SIP/2.0 200 OK\r\nCSeq: 1 OPTIONS\r\nServer: Test\r\n\r\n',
        ...wire,
      },
    ],
    ...changed,
  };
}
