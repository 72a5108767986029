import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { brandIdSchema, callIdSchema, callServerIdSchema, gatewayIdSchema } from '../../shared/domain/index.ts';
import type { CallLoggerEvents, EndedCall } from '../call-server/call-logger/index.ts';
import type { Webhooks } from '../webhooks/index.ts';
import { Metrics } from './index.ts';

const opening: EndedCall['opening'] = {
  ...{ callId: callIdSchema.parse('c1'), callServerId: callServerIdSchema.parse('main'), userId: null, deviceId: null },
  ...{ brandId: brandIdSchema.parse('acme'), direction: 'outgoing', callingNumber: null, callingName: null },
  ...{ calledNumber: '+12025550100', calledName: 'Mother', requestedAtMs: 1000 },
};
const closing: EndedCall['closing'] = {
  ...{ endedAtMs: 9000, outcome: 'answered', disconnectedBy: 'caller', sipStatus: 200, q850: 16, errorCode: null },
  postDialDelayMs: 120,
};
const ended: EndedCall = {
  ...{ opening, closing, answeredAtMs: 2000, gatewayId: gatewayIdSchema.parse('gw1'), userId: null, mos: null },
};

describe('Metrics', () => {
  let log: EventEmitter<CallLoggerEvents>;
  let state: { calls: number; statuses: object[]; failure: Error | null };
  let metrics: Metrics;
  let tellResult: Parameters<Webhooks['onResult']>[0];

  beforeEach(() => {
    log = new EventEmitter();
    state = { calls: 0, statuses: [], failure: null };
    const hear: Webhooks['onResult'] = (listener) => {
      tellResult = listener;
    };
    const statuses = async () => {
      if (state.failure) throw state.failure;
      return state.statuses as never;
    };
    metrics = new Metrics({
      log,
      sip: {
        holdings: () => ({
          calls: 2,
          clientTransactions: 0,
          serverTransactions: 0,
          connections: 1,
          userAgents: 1,
          timers: 0,
        }),
        counters: () => ({ strangersIn: 5, messagesIn: 9, messagesOut: 7, retransmissionsOut: 1, malformedIn: 0 }),
      },
      relay: {
        holdings: async () => ({ workers: 1, sessions: 2, routers: 2, transports: 4, rtpLegs: 2, gatewayPorts: 4 }),
      },
      proxyServer: { statuses },
      webhooks: { waiting: async () => 3, onResult: hear },
      activeCalls: () => state.calls,
      connectedDevices: () => 3,
    });
  });

  /** Lines of one figure. */
  async function linesOf(name: string): Promise<string[]> {
    return (await metrics.text()).split('\n').filter((line) => line.startsWith(name));
  }

  it('counts calls that were asked for, and how they ended', async () => {
    log.emit('requested', opening);
    log.emit('requested', { ...opening, direction: 'incoming' });
    log.emit('ended', ended);
    log.emit('ended', { ...ended, closing: { ...closing, outcome: 'refused', errorCode: 'noRuleAllows' } });
    expect(await linesOf('dialbridge_calls_requested_total{')).toEqual([
      'dialbridge_calls_requested_total{direction="outgoing",brand="acme"} 1',
      'dialbridge_calls_requested_total{direction="incoming",brand="acme"} 1',
    ]);
    const counted = (await linesOf('dialbridge_calls_ended_total{')).filter((line) => !line.endsWith(' 0'));
    expect(counted).toEqual([
      'dialbridge_calls_ended_total{direction="outgoing",brand="acme",outcome="answered",error=""} 1',
      'dialbridge_calls_ended_total{direction="outgoing",brand="acme",outcome="refused",error="noRuleAllows"} 1',
    ]);
  });

  it('begins every outcome of a brand at nought, so that the first call counts in a rate', async () => {
    log.emit('requested', opening);
    expect(await linesOf('dialbridge_calls_ended_total{')).toContain(
      'dialbridge_calls_ended_total{direction="outgoing",brand="acme",outcome="busy",error=""} 0',
    );
    log.emit('ended', { ...ended, closing: { ...closing, outcome: 'busy' } });
    log.emit('requested', opening);
    expect(await linesOf('dialbridge_calls_ended_total{')).toContain(
      'dialbridge_calls_ended_total{direction="outgoing",brand="acme",outcome="busy",error=""} 1',
    );
  });

  it('measures talking only of calls that were answered, and the delay only where it rang', async () => {
    log.emit('ended', ended);
    log.emit('ended', { ...ended, answeredAtMs: null, closing: { ...closing, postDialDelayMs: null } });
    log.emit('ended', { ...ended, answeredAtMs: 9001, gatewayId: null });
    expect(await linesOf('dialbridge_call_talk_seconds_sum')).toEqual([
      'dialbridge_call_talk_seconds_sum{direction="outgoing",gateway="gw1"} 7',
      'dialbridge_call_talk_seconds_sum{direction="outgoing",gateway=""} 0',
    ]);
    expect(await linesOf('dialbridge_call_post_dial_delay_seconds_count')).toEqual([
      'dialbridge_call_post_dial_delay_seconds_count{direction="outgoing",gateway="gw1"} 1',
      'dialbridge_call_post_dial_delay_seconds_count{direction="outgoing",gateway=""} 1',
    ]);
  });

  it('tells how things stand when it is asked, and forgets what is gone', async () => {
    state.calls = 4;
    state.statuses = [
      { gatewayId: 'gw1', state: 'up', calls: 2 },
      { gatewayId: 'gw2', state: 'down', calls: 0 },
    ];
    expect(await linesOf('dialbridge_calls_active ')).toEqual(['dialbridge_calls_active 4']);
    expect(await linesOf('dialbridge_devices_connected ')).toEqual(['dialbridge_devices_connected 3']);
    expect(await linesOf('dialbridge_gateway_up{')).toEqual([
      'dialbridge_gateway_up{gateway="gw1",state="up"} 1',
      'dialbridge_gateway_up{gateway="gw2",state="down"} 0',
    ]);
    state.statuses = [{ gatewayId: 'gw1', state: 'resting', calls: 1 }];
    expect(await linesOf('dialbridge_gateway_up{')).toEqual(['dialbridge_gateway_up{gateway="gw1",state="resting"} 0']);
    expect(await linesOf('dialbridge_gateway_calls{')).toEqual(['dialbridge_gateway_calls{gateway="gw1"} 1']);
    expect(await linesOf('dialbridge_media_held{')).toContain('dialbridge_media_held{what="transports"} 4');
    expect(await linesOf('dialbridge_sip_messages_total{')).toContain(
      'dialbridge_sip_messages_total{what="strangersIn"} 5',
    );
    // Read again it is the same, and not twice as much.
    expect(await linesOf('dialbridge_sip_messages_total{what="strangersIn"}')).toEqual([
      'dialbridge_sip_messages_total{what="strangersIn"} 5',
    ]);
    expect(await linesOf('# TYPE dialbridge_sip_messages_total')).toEqual([
      '# TYPE dialbridge_sip_messages_total counter',
    ]);
  });

  it('measures how calls sounded, each way that was measured', async () => {
    log.emit('ended', ended);
    log.emit('ended', { ...ended, mos: { fromBrowser: 4.1, toBrowser: null, fromGateway: 2, toGateway: null } });
    expect(await linesOf('dialbridge_call_mos_sum')).toEqual([
      'dialbridge_call_mos_sum{gateway="gw1",way="fromBrowser"} 4.1',
      'dialbridge_call_mos_sum{gateway="gw1",way="fromGateway"} 2',
    ]);
  });

  it('counts what came of events for other machines, and how many wait', async () => {
    expect(await linesOf('dialbridge_webhook_waiting ')).toEqual(['dialbridge_webhook_waiting 3']);
    tellResult('delivered', 1);
    tellResult('dropped', 7);
    expect(await linesOf('dialbridge_webhook_deliveries_total{')).toEqual([
      'dialbridge_webhook_deliveries_total{result="delivered"} 1',
      'dialbridge_webhook_deliveries_total{result="retried"} 0',
      'dialbridge_webhook_deliveries_total{result="failed"} 0',
      'dialbridge_webhook_deliveries_total{result="dropped"} 7',
    ]);
  });

  it('names no person and no number', async () => {
    log.emit('requested', opening);
    log.emit('ended', ended);
    expect(await metrics.text()).not.toMatch(/\+1202|Mother|c1/);
  });

  it('fails aloud where a part can’t tell', async () => {
    state.failure = new Error('storage is gone');
    await expect(metrics.text()).rejects.toThrow('storage is gone');
  });
});
