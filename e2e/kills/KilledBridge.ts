import { setTimeout as delay } from 'node:timers/promises';
import type { SessionGrant } from '../../shared/protocol/index.ts';
import { Bridge, bridgeConfig, operator, scripted } from '../fixtures/index.ts';
import { type RunningNetwork, startNetwork } from '../fixtures/network.ts';
import { openSession, ProtocolClient } from '../fixtures/ProtocolClient.ts';
import { RestClient } from '../fixtures/RestClient.ts';
import { WebhookReceiver } from '../fixtures/WebhookReceiver.ts';
import { freePort, scenarios, waitUntil } from '../sip-peer/index.ts';
import { type Comparison, compareWithTold } from './compareWithTold.ts';
import { Lane, type LaneNumbers } from './Lane.ts';
import { ToldCalls } from './ToldCalls.ts';

const plan = {
  answers: scripted({ scenario: scenarios.answered }),
  hangsUp: scripted({ scenario: scenarios.hangsUp }),
  rings: scripted({ scenario: scenarios.ringing }),
  busy: scripted({ scenario: scenarios.busy }),
  declined: scripted({ scenario: scenarios.declined }),
  wrongNumber: scripted({ scenario: scenarios.wrongNumber }),
};

/** The last one is called by gateways, the others dial. */
const people = Array.from({ length: 8 }, (_, index) => ({
  ...{ userName: `caller${index}`, password: 'a password of theirs', displayName: `Caller ${index}` },
}));
const ownNumber = '+12025550990';
const forbidden = '+33123456789';

interface Page {
  readonly items: readonly object[];
}

/** When a run of the bridge is killed: so long after the clients are connected, or after it was started. */
export type Moment = { readonly afterMs: number; readonly of: 'calls' | 'start' };

/**
 * A whole bridge with gateways, people who call and are called, and a receiver of webhooks. It is killed (`SIGKILL`) under calls and
 * started again on what it left.
 */
export class KilledBridge {
  readonly #bridge: Bridge;
  readonly #gateways: RunningNetwork<typeof plan>;
  readonly #receiver: WebhookReceiver;
  readonly #sipPort: number;
  readonly #random: () => number;
  #sessions: { readonly grants: readonly SessionGrant[]; readonly openedAtMs: number } | undefined;

  private constructor(parts: {
    bridge: Bridge;
    gateways: RunningNetwork<typeof plan>;
    receiver: WebhookReceiver;
    sipPort: number;
    random: () => number;
  }) {
    this.#bridge = parts.bridge;
    this.#gateways = parts.gateways;
    this.#receiver = parts.receiver;
    this.#sipPort = parts.sipPort;
    this.#random = parts.random;
  }

  static async start(random: () => number): Promise<KilledBridge> {
    const [gateways, receiver, sipPort, httpPort] = await Promise.all([
      ...([startNetwork(plan), WebhookReceiver.start(), freePort(), freePort()] as const),
    ]);
    const usual = bridgeConfig(gateways.seed, sipPort);
    const users = people.map((person) => ({ ...person, role: 'user' }));
    const numbers = [
      {
        id: ownNumber,
        brandId: 'default',
        destination: { kind: 'user', userName: people.at(-1)?.userName },
        ringSeconds: 60,
      },
    ];
    const bridge = await Bridge.start({
      ...usual,
      // The same after each start: clients go on with the session that they have.
      http: { host: '127.0.0.1', port: httpPort },
      webhooks: { allowPrivateAddresses: true },
      seed: { ...(usual.seed as object), users: [...users, { ...operator, role: 'operator' }], numbers },
    });
    const rest = await RestClient.signIn(bridge.url, operator);
    const webhook = {
      ...{ name: 'Books', url: receiver.url },
      events: ['call.started', 'call.answered', 'call.ended', 'call.missed'],
    };
    const { status } = await rest.post('/admin/webhooks', webhook);
    if (status !== 201) throw new Error(`no webhook: ${status}`);
    return new KilledBridge({ bridge, gateways, receiver, sipPort, random });
  }

  /** Calls are made until the moment comes, the bridge is killed and started again, and what is there is compared. */
  async killAt(moment: Moment): Promise<Comparison> {
    const sinceMs = Date.now();
    const told = new ToldCalls();
    const lanes = await this.#joinEverybody(told);
    const incoming = lanes.length - 1;
    const calling = lanes.map((lane, index) => lane.callUntilGone(index === incoming ? 'incoming' : 'outgoing'));
    // Said at once, and not after a wait in which nobody is told.
    const all = Promise.all(calling);
    all.catch(() => {});
    await Promise.race([delay(moment.of === 'calls' ? moment.afterMs : 300), all]);
    await this.#bridge.kill();
    await all;
    // Everybody's connection breaks with it; that nothing is left of it is seen a while later.
    const killedAtMs = Math.min(...lanes.map(({ goneAtMs }) => goneAtMs ?? Number.POSITIVE_INFINITY));
    if (moment.of === 'start') await this.#killWhileStarting(moment.afterMs);
    await this.#bridge.restart();
    const rest = await RestClient.signIn(this.#bridge.url, operator);
    return compareWithTold(rest, told, { sinceMs, killedAtMs });
  }

  /** Those of the events that have not reached the receiver, once none waits any more. */
  async neverReceived(events: readonly string[]): Promise<readonly string[]> {
    const rest = await RestClient.signIn(this.#bridge.url, operator);
    const waiting = async () => ((await rest.get('/admin/webhook-deliveries?state=waiting')).body as Page).items.length;
    await waitUntil('all events to be sent', async () => (await waiting()) === 0, 60_000);
    const received = new Set(this.#receiver.received.map(({ body }) => (JSON.parse(body) as { id: string }).id));
    return events.filter((id) => !received.has(id));
  }

  async close(): Promise<void> {
    await this.#bridge.close();
    await Promise.all([this.#gateways.close(), this.#receiver.close()]);
  }

  /** The start may be over before. */
  async #killWhileStarting(afterMs: number): Promise<void> {
    const started = this.#bridge.restart().catch(() => {});
    await delay(afterMs);
    await this.#bridge.kill();
    await started;
  }

  async #joinEverybody(told: ToldCalls): Promise<Lane[]> {
    const { network } = this.#gateways;
    const numbers: LaneNumbers = {
      ...{ answers: network.answers.number, hangsUp: network.hangsUp.number, rings: network.rings.number },
      ...{ forbidden, own: ownNumber },
      refusing: [network.busy.number, network.declined.number, network.wrongNumber.number],
    };
    const shared = { told, numbers, bridgeSipPort: this.#sipPort, random: this.#random };
    const grants = await this.#grants();
    return Promise.all(grants.map(async (grant) => new Lane({ ...shared, client: await ProtocolClient.join(grant) })));
  }

  /** A session outlives the bridge, but no ten minutes unless it is refreshed. */
  async #grants(): Promise<readonly SessionGrant[]> {
    if (this.#sessions === undefined || Date.now() - this.#sessions.openedAtMs > 240_000) {
      const grants = await Promise.all(people.map((person) => openSession(this.#bridge.url, person)));
      this.#sessions = { grants, openedAtMs: Date.now() };
    }
    return this.#sessions.grants;
  }
}
