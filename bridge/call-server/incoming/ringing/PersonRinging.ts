import type { CallServerId, DeviceId, UserId } from '../../../../shared/domain/index.ts';
import type { IncomingCall, IncomingCallEnd } from '../../../../shared/protocol/index.ts';
import type { Clock, Timer } from '../../../observability/index.ts';
import type { Registrations } from '../../../proxy-server/index.ts';
import type { ActiveCallStore } from '../../../storage/index.ts';
import type { ConnectedDevices } from '../../ConnectedDevices.ts';
import type { Availabilities } from '../people/Availabilities.ts';
import type { Callee } from '../people/Callees.ts';
import { type CallerName, type CallerNameDeps, callerNameFor } from '../people/callerNameFor.ts';
import type { RingReason } from '../plan/RingReason.ts';

export interface PersonRingingDeps extends CallerNameDeps {
  readonly devices: Pick<ConnectedDevices, 'ofUser'>;
  readonly registrations: Pick<Registrations, 'bindingsOf'>;
  readonly availabilities: Pick<Availabilities, 'get'>;
  readonly activeCalls: Pick<ActiveCallStore, 'list'>;
  readonly clock: Clock;
  readonly callServerId: CallServerId;
}

/** What devices are told of a call, but for what is each person's own. */
export type RingFacts = Pick<
  IncomingCall,
  'callId' | 'callingNumber' | 'callingName' | 'calledNumber' | 'calledName' | 'groupName'
>;

export interface PersonRingingEvents {
  /** Who calls is known: the person is called, whether anything rings or not. */
  readonly onCalled: (person: PersonRinging) => void;
  /** The first device rings. */
  readonly onRang: (person: PersonRinging) => void;
}

type IncomingEnd = Omit<IncomingCallEnd, 'callId'>;
const noAnswer: IncomingEnd = { reason: 'noAnswer', takenBy: null };

/** All devices of one person, rung by one call. */
export class PersonRinging {
  readonly callee: Callee;
  readonly #deps: PersonRingingDeps;
  readonly #facts: RingFacts;
  readonly #events: PersonRingingEvents;
  readonly #over = Promise.withResolvers<RingReason | 'stopped'>();
  #caller: CallerName;
  /** What the devices were told; null while nothing rings, before and after. */
  #incoming: IncomingCall | null = null;
  #isOver = false;
  #timer: Timer | undefined;

  constructor(deps: PersonRingingDeps, callee: Callee, facts: RingFacts, events: PersonRingingEvents) {
    this.#deps = deps;
    this.callee = callee;
    this.#facts = facts;
    this.#events = events;
    this.#caller = { callingName: facts.callingName, isContact: false };
  }

  /** Who calls, as this person knows them. */
  get callingName(): string | null {
    return this.#caller.callingName;
  }

  get isRinging(): boolean {
    return this.#incoming !== null;
  }

  /** Rings the person for so long; resolves with why they did not take the call, or when `stop` was called. */
  async ring(ringMs: number): Promise<RingReason | 'stopped'> {
    this.#caller = await callerNameFor(this.callee.id, this.#facts, this.#deps);
    if (this.#isOver) return this.#over.promise;
    this.#events.onCalled(this);
    const obstacle = await this.#obstacle();
    if (this.#isOver) return this.#over.promise;
    if (obstacle !== null) this.#settle(obstacle);
    else this.#begin(ringMs);
    return this.#over.promise;
  }

  /** A device of the person connected (again): it rings, too. Null when nothing rings any more. */
  arrived(): IncomingCall | null {
    return this.#incoming;
  }

  /** The person doesn't take it, or can't any more; what rings is told so, but for the device that said it. */
  leave(reason: RingReason, by: DeviceId | null = null): void {
    if (!this.#isOver) this.#end(reason, { reason: 'declined', takenBy: null }, by);
  }

  /** Nobody is rung any more by this call, or somebody took it: on the device `by`, which needs not be told. */
  stop(end: IncomingEnd, by: DeviceId | null = null): void {
    if (!this.#isOver) this.#end('stopped', end, by);
  }

  /** Its time stands still while somebody's answer is being made. */
  pause(): void {
    this.#deps.clock.clearTimeout(this.#timer);
  }

  resume(): void {
    if (this.#incoming) this.#startTimer(this.#incoming.ringsUntil);
  }

  /** Why no device can be rung; null: some can. */
  async #obstacle(): Promise<RingReason | null> {
    const { availabilities, activeCalls } = this.#deps;
    const { isDoNotDisturb, hasCallWaiting } = await availabilities.get(this.callee.id);
    if (isDoNotDisturb) return 'doNotDisturb';
    const isTalking = (userId: UserId | null) => userId === this.callee.id;
    if (!hasCallWaiting && (await activeCalls.list()).some((call) => isTalking(call.userId))) return 'busy';
    return (await this.#isConnected()) ? null : 'unreachable';
  }

  /** At this call server: a socket of another one can't be reached from here. */
  async #isConnected(): Promise<boolean> {
    const { registrations, callServerId } = this.#deps;
    const bindings = await registrations.bindingsOf(this.callee.id);
    return bindings.some((binding) => binding.state === 'connected' && binding.callServerId === callServerId);
  }

  #begin(ringMs: number): void {
    const ringingSince = this.#deps.clock.now();
    const ringsUntil = ringingSince + ringMs;
    this.#incoming = { ...this.#facts, ...this.#caller, ringingSince, ringsUntil };
    this.#startTimer(ringsUntil);
    for (const { channel } of this.#deps.devices.ofUser(this.callee.id))
      channel.notify('call:incoming', this.#incoming);
    this.#events.onRang(this);
  }

  #startTimer(untilMs: number): void {
    const { clock } = this.#deps;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(() => this.#end('noAnswer', noAnswer, null), untilMs - clock.now());
  }

  #end(reason: RingReason | 'stopped', end: IncomingEnd, by: DeviceId | null): void {
    const incoming = this.#incoming;
    this.#settle(reason);
    if (incoming === null) return;
    for (const { client, channel } of this.#deps.devices.ofUser(this.callee.id)) {
      if (client.deviceId !== by) channel.notify('call:incomingEnded', { callId: incoming.callId, ...end });
    }
  }

  #settle(reason: RingReason | 'stopped'): void {
    this.#isOver = true;
    this.#incoming = null;
    this.#deps.clock.clearTimeout(this.#timer);
    this.#over.resolve(reason);
  }
}
