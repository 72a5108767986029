import type { LiveCall, LiveCalls, LiveFigures } from '../../../shared/admin/index.ts';

const states = ['dialing', 'ringing', 'earlyMedia', 'established', 'established', 'established'] as const;
const gateways = ['carrier-a', 'carrier-b', 'carrier-c', 'office'] as const;

/** Calls of a busy bridge that change all the time, told as the bridge tells them. */
export class SimulatedCalls {
  readonly #calls = new Map<string, LiveCall>();
  readonly #changesPerSecond: number;
  #made = 0;
  #toldAtMs = Date.now();

  constructor(options: { readonly calls: number; readonly changesPerSecond: number }) {
    this.#changesPerSecond = options.changesPerSecond;
    for (let count = 0; count < options.calls; count += 1) this.#add(Date.now() - Math.random() * 600_000);
  }

  /** Everything the first time, then as many changes as fit into the time since. */
  answer(cursor: string | null): LiveCalls {
    const atMs = Date.now();
    if (cursor === null) {
      this.#toldAtMs = atMs;
      return { cursor: 'c', isWhole: true, atMs, calls: [...this.#calls.values()], ended: [] };
    }
    const changes = Math.round(((atMs - this.#toldAtMs) / 1000) * this.#changesPerSecond);
    this.#toldAtMs = atMs;
    const [calls, ended]: [Map<string, LiveCall>, string[]] = [new Map(), []];
    for (let count = 0; count < changes; count += 1) {
      const ids = [...this.#calls.keys()];
      const id = ids[Math.floor(Math.random() * ids.length)] ?? '';
      const call = this.#calls.get(id);
      if (count % 5 === 0) {
        this.#calls.delete(id);
        ended.push(id);
        const fresh = this.#add(atMs);
        calls.set(fresh.callId, fresh);
      } else if (call) {
        const changed = { ...call, ...this.#quality(), costSoFar: (call.costSoFar ?? 0) + 0.01 };
        this.#calls.set(id, changed);
        calls.set(id, changed);
      }
    }
    return { cursor: 'c', isWhole: false, atMs, calls: [...calls.values()], ended: ended as LiveCalls['ended'] };
  }

  figures(): LiveFigures {
    const atMs = Date.now();
    const figures = () => ({
      ...{ requested: Math.round(200 + Math.random() * 50), answered: 150, ended: 190 },
      ...{ answerRate: 0.6 + Math.random() * 0.1, postDialDelayMs: 1200 + Math.random() * 400, mos: 4.1 },
    });
    return {
      atMs,
      now: { calls: this.#calls.size, talking: 1600, incoming: 500, outgoing: this.#calls.size - 500 },
      minutes: Array.from({ length: 60 }, (_, index) => ({ fromMs: atMs - (60 - index) * 60_000, ...figures() })),
      gateways: gateways.map((id) => ({ gatewayId: id as never, now: this.#calls.size / 4, ...figures() })),
      brands: [{ brandId: 'default' as never, now: this.#calls.size, ...figures() }],
    };
  }

  #add(requestedAtMs: number): LiveCall {
    this.#made += 1;
    const state = states[this.#made % states.length] ?? 'dialing';
    const number = String(this.#made).padStart(7, '0');
    const isIncoming = this.#made % 4 === 0;
    const call = {
      ...{
        callId: `call-${this.#made}`,
        callServerId: 'main',
        brandId: 'default',
        deviceId: null,
        transferredTo: null,
      },
      ...{ userId: `user-${this.#made % 300}`, userName: `person${this.#made % 300}` },
      ...{ direction: isIncoming ? 'incoming' : 'outgoing', callingNumber: isIncoming ? `+4930${number}` : null },
      ...{ calledNumber: isIncoming ? '+12025550190' : `+1202${number}`, state, gatewayId: gateways[this.#made % 4] },
      ...{ codec: 'opus', mediaWay: 'relay', requestedAtMs, costSoFar: 0 },
      answeredAtMs: state === 'established' ? requestedAtMs + 5000 : null,
      ...this.#quality(),
    } as unknown as LiveCall;
    this.#calls.set(call.callId, call);
    return call;
  }

  #quality(): Pick<LiveCall, 'mos'> {
    const score = () => Math.round((3.4 + Math.random()) * 100) / 100;
    return { mos: { fromBrowser: score(), toBrowser: score(), fromGateway: score(), toGateway: null } };
  }
}
