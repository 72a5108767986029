import { EventEmitter } from 'node:events';
import type { UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { AckData, IncomingCall } from '../../../shared/protocol/index.ts';
import type { MediaSession } from '../../media-relay/index.ts';
import { drop } from '../../observability/index.ts';
import type { CallClient } from '../CallServer.ts';
import { CallReporter, type ClientLeg, type ForcedEnd, reportEnd, toMediaFault } from '../call-handler/index.ts';
import { codecsFor, offerFaultOf } from './codecsFor.ts';
import type {
  IncomingCallDeps,
  IncomingCallEvents,
  IncomingCallOptions,
  IncomingCallRequest,
} from './IncomingCallDeps.ts';
import { openRecord } from './openRecord.ts';
import { brokenOff, cancelled, type Ending, forcedEnds, nobodyTook, offerRefused } from './plan/endings.ts';
import { PlanRunner, type PlanStep } from './plan/PlanRunner.ts';
import type { RingReason } from './plan/RingReason.ts';
import { DestinationRinging } from './ringing/DestinationRinging.ts';
import { reportPerson } from './ringing/reportPerson.ts';
import { takeCall } from './takeCall.ts';
import { TelephoneForward } from './telephone/TelephoneForward.ts';

/** One call of a gateway from its INVITE until somebody took it or nobody did. Whoever takes it gets a `CallHandler`. */
export class IncomingCallHandler extends EventEmitter<IncomingCallEvents> {
  readonly #deps: IncomingCallDeps;
  readonly #options: IncomingCallOptions;
  readonly #request: IncomingCallRequest;
  readonly #reporter: CallReporter;
  readonly #runner: PlanRunner;
  /** What rings now. */
  #ringing: DestinationRinging | null = null;
  /** The telephone that is called now, or was. */
  #forward: TelephoneForward | null = null;
  #telephones = 0;
  #clientLeg: ClientLeg | null = null;
  #firstProgressAtMs: number | null = null;
  /** Somebody's answer is being made, or was. */
  #taker: CallClient | null = null;
  #isOver = false;

  constructor(deps: IncomingCallDeps, options: IncomingCallOptions, request: IncomingCallRequest) {
    super();
    this.#deps = deps;
    this.#options = options;
    this.#request = request;
    const { callId, number, callingNumber, callingName, requestedAtMs } = request;
    this.#reporter = new CallReporter(
      { log: deps.log, notify: (status) => this.#clientLeg?.notify('call:status', status) },
      {
        ...{ callId, callingNumber, requestedAtMs },
        direction: 'incoming',
        calledNumber: number.id,
        calledName: number.name ?? null,
        ...(callingName !== null && { callingName }),
      },
    );
    this.#runner = new PlanRunner({
      book: deps.book,
      ringPeople: (step) => this.#ringPeople(step),
      callTelephone: (step) => this.#callTelephone(step),
      event: (type, detail) => this.#reporter.event(type, detail),
    });
  }

  /** Opens the record, and rings whom the number says; `isCancelled` where the caller has given up by now. */
  start({ isCancelled }: { readonly isCancelled: boolean }): void {
    const { call } = this.#request;
    openRecord(this.#deps, this.#options, this.#request, this.#reporter);
    call.on('cancelled', () => this.#end(cancelled));
    const fault = offerFaultOf(this.#request, this.#deps.relay);
    if (isCancelled) this.#end(cancelled);
    else if (fault) this.#refuseOffer(fault);
    else drop(this.#run(), this.#deps.logger, 'ringing for an incoming call');
  }

  /** Everybody whom it rings now. */
  get ringingUserIds(): readonly UserId[] {
    return this.#ringing?.ringingPersons.map(({ callee }) => callee.id) ?? [];
  }

  /** What rings at this device, also where the device has just come. */
  ringingAt({ user }: CallClient): IncomingCall | null {
    return this.#ringing?.ringingPerson(user.id)?.arrived() ?? null;
  }

  /**
   * The first to answer takes the call. A device whose offer can't be used doesn't take it: it rings on.
   * @throws DialbridgeError `callTaken`, `callEnded`, `callNotFound`, `badOffer`, `noCommonCodec`, `mediaUnavailable`
   */
  async answer(client: CallClient, offer: string): Promise<AckData<'call:answer'>> {
    const ringing = this.#ringing;
    if (this.#taker) throw new DialbridgeError('callTaken');
    if (this.#isOver) throw new DialbridgeError('callEnded');
    if (!ringing?.ringingPerson(client.user.id)) throw new DialbridgeError('callNotFound');
    const { callId } = this.#request;
    const { relay, logger } = this.#deps;
    const media = relay.createSession({ callId, codecs: codecsFor(this.#request, relay) });
    this.#taker = client;
    ringing.pause();
    let answer: string;
    try {
      answer = await media.acceptBrowserOffer(offer);
      if (this.#isOver) throw new DialbridgeError('callEnded');
    } catch (thrown) {
      drop(media.close(), logger, 'closing the media of a device that could not answer');
      this.#taker = null;
      if (!this.#isOver) ringing.resume();
      const error = toMediaFault(thrown);
      this.#reporter.event('answerFailed', { userId: client.user.id, code: error.code });
      throw error;
    }
    const handler = await this.#hand(client, media, ringing);
    if (handler.status.state === 'ended') throw new DialbridgeError(handler.status.end?.error?.code ?? 'callEnded');
    return { answer, status: handler.status };
  }

  /** The person doesn't take it. Ignored where it doesn't ring at theirs. */
  decline({ user, deviceId }: CallClient): void {
    if (this.#taker?.user.id === user.id) return;
    this.#ringing?.ringingPerson(user.id)?.leave('declined', deviceId);
  }

  /** The person's devices may not be rung any more. */
  leave(userId: UserId, reason: RingReason): void {
    if (this.#taker?.user.id === userId) return;
    this.#ringing?.ringingPerson(userId)?.leave(reason);
  }

  /** As `CallHandler.shutDown`, whose a call is that was taken. */
  shutDown(why: ForcedEnd): void {
    this.#forward?.joined?.shutDown(why);
    this.#end(forcedEnds[why]);
  }

  #refuseOffer({ code, details }: DialbridgeError): void {
    this.#reporter.event('offerRefused', { code, ...details });
    this.#end(offerRefused(code));
  }

  async #run(): Promise<void> {
    let reason: RingReason | 'stopped';
    try {
      reason = await this.#runner.run(this.#request.number);
    } catch (error) {
      this.#deps.logger.error({ error, callId: this.#request.callId }, 'An incoming call could not be placed');
      this.#end(brokenOff);
      return;
    }
    if (reason !== 'stopped') this.#end(nobodyTook(reason));
  }

  async #ringPeople({ number, destination, ringMs }: PlanStep<'user' | 'group'>): Promise<RingReason | 'stopped'> {
    const { callId, callingNumber, callingName } = this.#request;
    const { people, groupName } = await this.#deps.callees.of(destination, number.brandId);
    if (this.#isOver) return 'stopped';
    const isInTurn = destination.kind === 'group' && destination.ring === 'inTurn';
    const ringing = new DestinationRinging(
      this.#deps,
      { callId, callingNumber, callingName, calledNumber: number.id, calledName: number.name ?? null, groupName },
      { people, ringMs, eachMs: isInTurn ? destination.secondsEach * 1000 : null },
      {
        onCalled: (person) => reportPerson.called(this.#reporter, person),
        onRang: (person) => this.#rang(() => reportPerson.rang(this.#reporter, person)),
        onPersonOver: (person, reason) => reportPerson.over(this.#reporter, person, reason),
      },
    );
    this.#ringing = ringing;
    if (people.length === 0) this.#reporter.event('nobodyToRing', { number: number.id });
    return ringing.ring();
  }

  async #callTelephone(step: PlanStep<'telephone'>): Promise<RingReason | 'stopped'> {
    this.#ringing = null;
    this.#telephones += 1;
    const forward = new TelephoneForward(this.#deps, this.#options, {
      ...{ request: this.#request, step, reporter: this.#reporter, turn: this.#telephones },
      onRang: (report) => this.#rang(report),
      firstProgressAtMs: () => this.#firstProgressAtMs,
    });
    this.#forward = forward;
    const result = await forward.run();
    if (forward.joined === null) return result;
    this.#isOver = true;
    forward.joined.once('closed', () => this.emit('closed'));
    return result;
  }

  #rang(report: () => void): void {
    const state = this.#reporter.stateAfter('rang');
    if (this.#firstProgressAtMs === null) {
      this.#firstProgressAtMs = this.#deps.clock.now();
      this.#request.call.ring();
    }
    this.#reporter.progressed({ state });
    this.#reporter.change({ state });
    report();
  }

  /** From here on the call is this client's; all others are told. */
  async #hand(client: CallClient, media: MediaSession, ringing: DestinationRinging) {
    const { user, deviceId } = client;
    const reporter = this.#reporter;
    const callingName = ringing.ringingPerson(user.id)?.callingName ?? null;
    this.#isOver = true;
    ringing.stop(
      { reason: 'taken', takenBy: { displayName: user.displayName, isSelf: false } },
      { userId: user.id, deviceId },
    );
    const channel = this.#deps.devices.channelOf(client);
    const taken = takeCall(this.#deps, this.#options, this.#request, {
      ...{ client, channel, media, reporter, firstProgressAtMs: this.#firstProgressAtMs },
    });
    this.#clientLeg = taken.clientLeg;
    if (callingName !== null) reporter.change({ callingName });
    reportPerson.took(reporter, client, callingName);
    taken.handler.once('closed', () => this.emit('closed'));
    this.emit('taken', taken.handler);
    await taken.leg.answer();
    return taken.handler;
  }

  /** Nobody took it. */
  #end({ end, answer }: Ending): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#runner.abandon();
    const reason = end.outcome === 'cancelled' ? 'cancelled' : 'failed';
    this.#ringing?.stop({ reason, takenBy: null });
    this.#forward?.stop();
    if (answer) this.#request.call.reject({ status: answer.sipStatus, q850: answer.q850 });
    const { number, requestedAtMs } = this.#request;
    reportEnd(this.#reporter, end, {
      ...{ calledNumber: number.id, requestedAtMs, firstProgressAtMs: this.#firstProgressAtMs },
      endedAtMs: this.#deps.clock.now(),
    });
    const { place } = this.#request;
    if (answer) place.refused(answer.sipStatus);
    drop(
      place.leave(async () => null),
      this.#deps.logger,
      'leaving the gateway of an incoming call',
    );
    this.emit('closed');
  }
}
