import { Counter, Gauge, type Registry } from 'prom-client';
import type { MediaRelay } from '../media-relay/index.ts';
import type { ProxyServer } from '../proxy-server/index.ts';
import type { SipStack } from '../sip-stack/index.ts';
import type { Webhooks } from '../webhooks/index.ts';

export interface StateMetricsDeps {
  readonly sip: Pick<SipStack, 'counters' | 'holdings'>;
  readonly relay: Pick<MediaRelay, 'holdings'>;
  readonly proxyServer: Pick<ProxyServer, 'statuses'>;
  readonly webhooks: Pick<Webhooks, 'waiting'>;
  readonly activeCalls: () => number;
  readonly connectedDevices: () => number;
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** How things stand when somebody asks: each figure is read then, and costs nothing in between. */
export class StateMetrics {
  readonly #registers: Registry[];

  constructor(deps: StateMetricsDeps, registers: Registry[]) {
    const { sip, relay, proxyServer, webhooks, activeCalls, connectedDevices } = deps;
    this.#registers = registers;
    this.#gauge('dialbridge_calls_active', 'Calls that are up now.', [], () => [one(activeCalls())]);
    this.#gauge('dialbridge_devices_connected', 'Browser tabs that are connected.', [], () => [
      one(connectedDevices()),
    ]);
    this.#gauge(
      'dialbridge_gateway_up',
      'Whether a gateway takes calls (also a share of them): 1 or 0.',
      ['gateway', 'state'],
      async () =>
        (await proxyServer.statuses()).map(({ gatewayId, state }) => ({
          labels: { gateway: gatewayId, state },
          value: state === 'up' || state === 'returning' || state === 'unknown' ? 1 : 0,
        })),
    );
    this.#gauge('dialbridge_gateway_calls', 'Calls that are up at a gateway.', ['gateway'], async () =>
      (await proxyServer.statuses()).map(({ gatewayId, calls }) => ({ labels: { gateway: gatewayId }, value: calls })),
    );
    this.#gauge('dialbridge_media_held', 'What the media relay holds.', ['what'], async () =>
      counted(await relay.holdings()),
    );
    this.#gauge('dialbridge_sip_held', 'What the SIP stack holds.', ['what'], () => counted(sip.holdings()));
    this.#gauge('dialbridge_webhook_waiting', 'Events that wait to be delivered.', [], async () => [
      one(await webhooks.waiting()),
    ]);
    const messages: Counter = new Counter({
      name: 'dialbridge_sip_messages_total',
      help: 'SIP messages since the start, by what they were.',
      labelNames: ['what'],
      registers,
      // They are counted elsewhere.
      collect: () => {
        messages.reset();
        for (const { labels, value } of counted(sip.counters())) messages.inc(labels, value);
      },
    });
  }

  #gauge(
    name: string,
    help: string,
    labelNames: readonly string[],
    read: () => readonly Sample[] | Promise<readonly Sample[]>,
  ): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames,
      registers: this.#registers,
      collect: async () => {
        const samples = await read();
        gauge.reset();
        for (const { labels, value } of samples) gauge.set(labels, value);
      },
    });
  }
}

function one(value: number): Sample {
  return { labels: {}, value };
}

function counted(counts: object): Sample[] {
  return Object.entries(counts).map(([what, value]) => ({ labels: { what }, value: Number(value) }));
}
