import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CallStatus } from '../../shared/protocol/index.ts';
import { browserOffer } from '../fixtures/browserOffer.ts';
import type { ProtocolClient } from '../fixtures/ProtocolClient.ts';
import { pick } from '../fixtures/randomFrom.ts';
import { callerScenarios, SippCaller, waitUntil } from '../sip-peer/index.ts';
import type { ToldCall, ToldCalls } from './ToldCalls.ts';

export interface LaneNumbers {
  /** Answers; hangs up by itself soon after it; rings; is called where nobody may call. */
  readonly answers: string;
  readonly hangsUp: string;
  readonly rings: string;
  readonly forbidden: string;
  readonly refusing: readonly string[];
  /** Of this person. */
  readonly own: string;
}

export interface LaneDeps {
  readonly client: ProtocolClient;
  readonly told: ToldCalls;
  readonly numbers: LaneNumbers;
  readonly bridgeSipPort: number;
  readonly random: () => number;
}

type IncomingWay = 'decline' | 'hangUp' | 'isHungUp' | 'leaveUp';

const recordTimeoutMs = 10_000;

/** One person, who makes calls one after another in every way in which they end soon, and notes what the bridge says of each. */
export class Lane {
  readonly #deps: LaneDeps;
  /** Resolves when the bridge is gone. */
  readonly #gone: Promise<void>;
  #isGone = false;
  /** When the connection broke, in milliseconds since the epoch; null: it hasn't. */
  goneAtMs: number | null = null;
  /** How often this person was told that their history has changed. */
  #changes = 0;

  constructor(deps: LaneDeps) {
    this.#deps = deps;
    const { socket } = deps.client;
    socket.on('history:changed', () => {
      this.#changes += 1;
    });
    this.#gone = new Promise((resolve) => {
      const end = () => {
        this.#isGone = true;
        this.goneAtMs = Date.now();
        resolve();
      };
      if (!socket.connected) end();
      socket.once('disconnect', end);
    });
  }

  /** Calls until the bridge is gone, or until a call is left up. Rejects with what went otherwise than it should while it was there. */
  async callUntilGone(calls: 'outgoing' | 'incoming'): Promise<void> {
    let isUp = false;
    while (!this.#isGone && !isUp) {
      const call = calls === 'outgoing' ? this.#dial() : this.#takeCall();
      isUp =
        (await Promise.race([call, this.#gone.then(() => 'gone' as const)]).catch((error: unknown) => {
          // What was under way when it was killed has no other end.
          if (!this.#isGone) throw error;
          return 'gone' as const;
        })) === 'up';
    }
    await this.#gone;
  }

  async #dial(): Promise<'over' | 'up'> {
    const { client, told, numbers, random } = this.#deps;
    const { answers, hangsUp, rings, forbidden, refusing } = numbers;
    const changes = this.#changes;
    const destination = pick(random, [answers, answers, hangsUp, rings, forbidden, ...refusing]);
    const call = told.add(randomUUID(), { isDialled: true });
    const { callId } = call;
    const offer = browserOffer(Math.floor(random() * 0xffffffff));
    const answer = await client.request('call:dial', { callId, destination, offer });
    if (!answer.ok) return this.#ended(call, 'refused', changes);
    call.takenAtMs = Date.now();
    if (destination === answers || destination === rings) {
      const state = destination === answers ? 'established' : 'ringing';
      await client.waitForStatus(callId, (status) => status.state === state || status.state === 'ended');
      if (random() < 0.1) return leftUp(call);
      await delay(random() * 100);
      await client.request('call:hangUp', { callId });
    }
    return this.#ended(call, await this.#outcomeOf(callId), changes);
  }

  /** A gateway calls this person, who answers or declines. */
  async #takeCall(): Promise<'over' | 'up'> {
    const { client, told, numbers, bridgeSipPort, random } = this.#deps;
    const changes = this.#changes;
    const rung = client.incoming.length;
    told.sentByGateways += 1;
    const way = pick(random, ['decline', 'hangUp', 'isHungUp', 'leaveUp'] as const);
    const { refused, hangsUp, listens } = callerScenarios;
    const scenario = way === 'decline' ? refused(603) : way === 'isHungUp' ? hangsUp : listens;
    const caller = await SippCaller.call(numbers.own, { bridgePort: bridgeSipPort, scenario });
    try {
      return await Promise.race([this.#answerNext(rung, { way, changes }), this.#gone.then(() => 'over' as const)]);
    } finally {
      await caller.close();
    }
  }

  async #answerNext(rung: number, { way, changes }: { way: IncomingWay; changes: number }): Promise<'over' | 'up'> {
    const { client, told, random } = this.#deps;
    const { callId } = await waitUntil('a call to ring', () => client.incoming[rung]);
    const call = told.add(callId, { isDialled: false });
    told.sentByGateways -= 1;
    call.takenAtMs = Date.now();
    if (way === 'decline') {
      const answer = await client.request('call:decline', { callId });
      if (!answer.ok) throw new Error(`call:decline: ${answer.error.code}`);
      return this.#ended(call, 'declined', changes);
    }
    const answer = await client.request('call:answer', { callId, offer: browserOffer() });
    if (!answer.ok) throw new Error(`call:answer: ${answer.error.code}`);
    if (way === 'leaveUp') return leftUp(call);
    if (way === 'hangUp') {
      await delay(random() * 200);
      await client.request('call:hangUp', { callId });
    }
    return this.#ended(call, await this.#outcomeOf(callId), changes);
  }

  async #outcomeOf(callId: string): Promise<string> {
    const isOver = ({ state }: CallStatus) => state === 'ended';
    const { end } = await this.#deps.client.waitForStatus(callId, isOver, 30_000);
    return end?.outcome ?? 'none';
  }

  /** One call at a time: the next change of the history is this call's. */
  async #ended(call: ToldCall, outcome: string, changes: number): Promise<'over'> {
    call.outcome = outcome;
    await waitUntil(`the record of ${call.callId}`, () => this.#changes > changes || undefined, recordTimeoutMs);
    call.isAcknowledged = true;
    return 'over';
  }
}

function leftUp(call: ToldCall): 'up' {
  call.isLeftUp = true;
  return 'up';
}
