import { randomUUID } from 'node:crypto';
import type { CallStatus } from '../../shared/protocol/index.ts';
import { browserOffer } from '../fixtures/browserOffer.ts';
import type { ProtocolClient } from '../fixtures/ProtocolClient.ts';
import { type Scenario, type SippCaller, waitUntil } from '../sip-peer/index.ts';

/** Numbers of the gateways among which calls end. */
export interface Numbers {
  readonly answers: string;
  readonly rings: string;
  readonly announces: string;
  /** Hangs up a moment after its answer. */
  readonly hangsUp: string;
  /** Can be put on hold. */
  readonly holds: string;
  readonly ignoresBye: string;
  /** Answers a re-INVITE with 481. */
  readonly losesDialog: string;
  /** Where no call may last longer than a second and a half. */
  readonly limited: string;
  readonly silent: string;
  readonly nobody: string;
  readonly refuses: Readonly<Record<'408' | '404' | '486' | '488' | '500' | '503' | '504' | '600' | '603', string>>;
}

export interface Place {
  readonly numbers: Numbers;
  /** A device of its own for this call. */
  readonly client: ProtocolClient;
  /** One more of the same person. */
  readonly joinAnother: () => Promise<ProtocolClient>;
  /** A gateway calls the person; tells what rings at `client`, where anything does. */
  readonly ring: (scenario: Scenario) => Promise<{ readonly caller: SippCaller; readonly callId: string }>;
  /** The same of somebody who doesn’t want to be disturbed. */
  readonly ringInVain: (scenario: Scenario) => Promise<SippCaller>;
}

/** Makes one call and ends it in its way; resolves with how the bridge says that it ended, null where nobody is told any more. */
type Way = (place: Place) => Promise<string | null>;

const state =
  (...wanted: CallStatus['state'][]) =>
  (status: CallStatus) =>
    wanted.includes(status.state);

export async function ended(client: ProtocolClient, callId: string): Promise<string> {
  const { end } = await client.waitForStatus(callId, state('ended'), 30_000);
  return `${end?.outcome} ${end?.error?.code ?? end?.sipStatus ?? ''}`.trim();
}

export async function dialled(
  { client }: Pick<Place, 'client'>,
  number: string,
  ...until: [CallStatus['state'], ...CallStatus['state'][]]
): Promise<string> {
  const callId = await client.dial(number);
  await client.waitForStatus(callId, state(...until), 30_000);
  return callId;
}

async function hungUp(place: Place, number: string, ...when: [CallStatus['state'], ...CallStatus['state'][]]) {
  const callId = await dialled(place, number, ...when);
  await place.client.request('call:hangUp', { callId });
  return ended(place.client, callId);
}

async function over(place: Place, number: string): Promise<string> {
  return ended(place.client, await place.client.dial(number));
}

async function refused({ client }: Place, destination: string): Promise<string> {
  const answer = await client.request('call:dial', { callId: randomUUID(), destination, offer: browserOffer() });
  return answer.ok ? 'not refused' : `refused ${answer.error.code}`;
}

export async function must(client: ProtocolClient, name: string, payload: object): Promise<void> {
  const answer = await client.request(name, payload);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
}

/** By name; null: nobody is told. */
export type Ways = Readonly<Record<string, readonly [expected: string | null, way: Way]>>;

/** Every way in which a call of a person can end, with how the bridge says that it did. */
export const outgoingWays: Ways = {
  'hung up before anything is decided': [
    'refused callEnded',
    async ({ client, numbers }) => {
      const callId = randomUUID();
      const dialling = client.request('call:dial', { callId, destination: numbers.rings, offer: browserOffer() });
      await client.request('call:hangUp', { callId });
      const answer = await dialling;
      if (!answer.ok) return `refused ${answer.error.code}`;
      // The decision was faster.
      await ended(client, callId);
      return 'refused callEnded';
    },
  ],
  'hung up while the gateway is silent': ['cancelled', (place) => hungUp(place, place.numbers.silent, 'dialing')],
  'hung up while it rings': ['cancelled', (place) => hungUp(place, place.numbers.rings, 'ringing')],
  'hung up in early media': ['cancelled', (place) => hungUp(place, place.numbers.announces, 'earlyMedia')],
  'hung up by the caller': ['answered', (place) => hungUp(place, place.numbers.answers, 'established')],
  'hung up by the called party': ['answered', (place) => over(place, place.numbers.hangsUp)],
  busy: ['busy 486', (place) => over(place, place.numbers.refuses['486'])],
  'busy everywhere': ['busy 600', (place) => over(place, place.numbers.refuses['600'])],
  declined: ['declined 603', (place) => over(place, place.numbers.refuses['603'])],
  'no such number': ['wrongNumber 404', (place) => over(place, place.numbers.refuses['404'])],
  'refused with 408': ['unreachable gatewayUnreachable', (place) => over(place, place.numbers.refuses['408'])],
  'refused with 488': ['failed noCommonCodec', (place) => over(place, place.numbers.refuses['488'])],
  'refused with 500': ['unreachable gatewayUnreachable', (place) => over(place, place.numbers.refuses['500'])],
  'refused with 503': ['unreachable gatewayUnreachable', (place) => over(place, place.numbers.refuses['503'])],
  'refused with 504': ['unreachable gatewayUnreachable', (place) => over(place, place.numbers.refuses['504'])],
  'nobody answers': ['noAnswer', (place) => over(place, place.numbers.rings)],
  'the gateway says nothing': ['unreachable gatewayUnreachable', (place) => over(place, place.numbers.silent)],
  'nobody is at the gateway’s address': [
    'unreachable gatewayUnreachable',
    (place) => over(place, place.numbers.nobody),
  ],
  'the gateway never answers the BYE': ['answered', (place) => hungUp(place, place.numbers.ignoresBye, 'established')],
  'the browser’s audio never comes': [
    'answered mediaLost',
    async (place) => ended(place.client, await dialled(place, place.numbers.answers, 'established')),
  ],
  'the socket is lost while it rings': [
    null,
    async (place) => {
      await dialled(place, place.numbers.rings, 'ringing');
      place.client.close();
      return null;
    },
  ],
  'the socket is lost in the talk': [
    null,
    async (place) => {
      await dialled(place, place.numbers.answers, 'established');
      place.client.close();
      return null;
    },
  ],
  'held, then hung up': [
    'answered',
    async (place) => {
      const callId = await dialled(place, place.numbers.holds, 'established');
      await must(place.client, 'call:hold', { callId });
      await place.client.request('call:hangUp', { callId });
      return ended(place.client, callId);
    },
  ],
  'held, then the socket is lost': [
    null,
    async (place) => {
      const callId = await dialled(place, place.numbers.holds, 'established');
      await must(place.client, 'call:hold', { callId });
      place.client.close();
      return null;
    },
  ],
  'moved to another device, then hung up there': [
    'answered',
    async (place) => {
      const callId = await dialled(place, place.numbers.answers, 'established');
      const other = await place.joinAnother();
      await must(other, 'call:reattach', { callId, offer: browserOffer() });
      await other.request('call:hangUp', { callId });
      const end = await ended(other, callId);
      other.close();
      return end;
    },
  ],
  'taken back with its key, then hung up there': [
    'answered',
    async (place) => {
      const callId = await dialled(place, place.numbers.answers, 'established');
      const resumeKey = await waitUntil('the resume key', () => place.client.resumeKeys.get(callId));
      const other = await place.joinAnother();
      place.client.close();
      await must(other, 'call:reattach', { callId, offer: browserOffer(), resumeKey });
      await other.request('call:hangUp', { callId });
      const end = await ended(other, callId);
      other.close();
      return end;
    },
  ],
  'the gateway has lost the dialog': [
    'answered gatewayLost',
    async (place) => {
      const callId = await dialled(place, place.numbers.losesDialog, 'established');
      await place.client.request('call:hold', { callId });
      return ended(place.client, callId);
    },
  ],
  'the call lasts as long as it may': [
    'answered maxDurationReached',
    async (place) => ended(place.client, await dialled(place, place.numbers.limited, 'established')),
  ],
  'passed on, and hung up by nobody but the limit': [
    'answered',
    async (place) => {
      const first = await dialled(place, place.numbers.holds, 'established');
      await must(place.client, 'call:transfer', { callId: first, to: { destination: place.numbers.holds } });
      return ended(place.client, first);
    },
  ],
  'passed on to nobody, then hung up': [
    'answered',
    async (place) => {
      const callId = await dialled(place, place.numbers.holds, 'established');
      await must(place.client, 'call:transfer', { callId, to: { destination: place.numbers.refuses['486'] } });
      await place.client.waitForStatus(callId, ({ transfer }) => transfer?.state === 'failed');
      await place.client.request('call:hangUp', { callId });
      return ended(place.client, callId);
    },
  ],
  'no rule allows it': ['refused noRuleAllows', (place) => refused(place, '+44 20 7946 0018')],
  'the number is none': ['refused notAPhoneNumber', (place) => refused(place, '12')],
};
