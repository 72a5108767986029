import { setTimeout } from 'node:timers/promises';
import type { SessionGrant } from '../../shared/protocol/index.ts';
import type { Bridge } from '../fixtures/Bridge.ts';
import type { Network } from '../fixtures/network.ts';
import { openSession, ProtocolClient } from '../fixtures/ProtocolClient.ts';
import { type Scenario, SippCaller, waitUntil } from '../sip-peer/index.ts';
import { numberFor, numbersOf, people, type plan, undisturbed, undisturbedNumber } from './setting.ts';
import type { Numbers, Place, Ways } from './ways.ts';

interface CallEnderParts {
  readonly sessions: readonly SessionGrant[];
  readonly undisturbed: ProtocolClient;
  readonly numbers: Numbers;
  readonly network: Network<typeof plan>;
  readonly bridgeSipPort: number;
}

/** Makes calls of every person in every way, and hears how they end. */
export class CallEnder {
  readonly numbers: Numbers;
  readonly #parts: CallEnderParts;
  /** Each person's devices come one after another: as many calls at once as there are, but never all in the same moment. */
  readonly #entrances: Promise<unknown>[] = [];

  private constructor(parts: CallEnderParts) {
    this.numbers = parts.numbers;
    this.#parts = parts;
  }

  static async create(bridge: Bridge, parts: Pick<CallEnderParts, 'network' | 'bridgeSipPort'>): Promise<CallEnder> {
    const sessions: SessionGrant[] = [];
    // One after another: passwords are dear to check.
    for (const person of people) sessions.push(await openSession(bridge.url, person));
    const quiet = await ProtocolClient.signIn(bridge.url, undisturbed);
    await quiet.request('session:setAvailability', { isDoNotDisturb: true });
    return new CallEnder({ ...parts, sessions, undisturbed: quiet, numbers: numbersOf(parts.network) });
  }

  /** All of these ways at once, once; resolves with what ended otherwise than it should. */
  async go(personIndex: number, ways: Ways): Promise<string[]> {
    const ends = Object.entries(ways).map(async ([name, [expected, way]]) => {
      const { place, close } = await this.#place(personIndex, name);
      const end = await way(place).catch((error: Error) => `broke: ${error.message}`);
      await close();
      return end === expected ? [] : [`${name}: ${end}`];
    });
    return (await Promise.all(ends)).flat();
  }

  /** Everybody does, one a moment after the other. */
  async goAll(ways: Ways): Promise<string[]> {
    const ends = people.map(async (_, index) => {
      await setTimeout(index * 300);
      return this.go(index, ways);
    });
    return (await Promise.all(ends)).flat();
  }

  close(): void {
    this.#parts.undisturbed.close();
  }

  async #place(personIndex: number, way: string): Promise<{ place: Place; close: () => Promise<void> }> {
    const { sessions, numbers, bridgeSipPort } = this.#parts;
    const session = sessions[personIndex];
    if (!session) throw new Error(`there is no person ${personIndex}`);
    const callers: SippCaller[] = [];
    const joined = Promise.resolve(this.#entrances[personIndex]).then(() => ProtocolClient.join(session));
    this.#entrances[personIndex] = joined.catch(() => undefined);
    const client = await joined;
    const call = async (number: string, scenario: Scenario) => {
      const caller = await SippCaller.call(number, { bridgePort: bridgeSipPort, scenario });
      callers.push(caller);
      return caller;
    };
    const ring = async (scenario: Scenario) => {
      const number = numberFor(personIndex, way);
      const caller = await call(number, scenario);
      const isIt = () => client.incoming.find(({ calledNumber }) => calledNumber === number);
      const { callId } = await waitUntil(`${number} to ring`, isIt, 30_000);
      return { caller, callId };
    };
    const place = {
      ...{ numbers, client, ring },
      joinAnother: () => ProtocolClient.join(session),
      ringInVain: (scenario: Scenario) => call(undisturbedNumber, scenario),
    };
    const close = async () => {
      client.close();
      for (const caller of callers) await caller.close();
    };
    return { place, close };
  }
}
