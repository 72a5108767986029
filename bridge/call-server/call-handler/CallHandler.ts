import { EventEmitter } from 'node:events';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { CallStatus } from '../../../shared/protocol/index.ts';
import type { CallClient, ClientChannel } from '../CallServer.ts';
import type { CallHandlerDeps, CallHandlerEvents, ForcedEnd } from './CallHandlerDeps.ts';
import type { CallHandlerParts, CallTerms } from './CallHandlerParts.ts';
import type { CallWatch } from './CallWatcher.ts';
import { type BudgetEnd, CallDeadline } from './ending/CallDeadline.ts';
import { CallEnding } from './ending/CallEnding.ts';
import { reportDeadline } from './ending/reportDeadline.ts';
import { InCall, LegSeat } from './in-call/index.ts';
import { toMediaFault } from './toMediaFault.ts';

/** One call between a device and a gateway, whoever of them called: a client leg, a gateway leg, and the state machine between them. */
export class CallHandler extends EventEmitter<CallHandlerEvents> {
  readonly #parts: CallHandlerParts;
  #client: CallClient;
  readonly #gatewayLeg: LegSeat;
  /** What can be done once the two talk. */
  readonly inCall: InCall;
  readonly #person: CallTerms['person'];
  readonly #deadline: CallDeadline;
  readonly #ending: CallEnding;
  readonly #watches: CallWatch[];

  constructor(
    deps: Pick<CallHandlerDeps, 'clock' | 'logger' | 'watchers' | 'relay'>,
    parts: CallHandlerParts,
    terms: CallTerms,
  ) {
    super();
    this.#client = parts.client;
    this.#parts = parts;
    this.#person = terms.person;
    const { media, clientLeg, reporter, beginning } = parts;
    const gatewayLeg = new LegSeat(deps, parts.gatewayLeg);
    this.#gatewayLeg = gatewayLeg;
    this.#deadline = new CallDeadline(deps, terms);
    this.#ending = new CallEnding(
      {
        ...deps,
        reporter,
        deadline: this.#deadline,
        hangUp: () => gatewayLeg.hangUp(),
        stopWaiting: () => {
          beginning.stopRinging();
          clientLeg.close();
          // They may have something to say for the record, which is closed next.
          for (const watch of this.#watches.splice(0)) watch.close();
        },
        free: async () => {
          await gatewayLeg.close();
          await media.close();
        },
      },
      { ...terms, firstProgressAtMs: () => beginning.firstProgressAtMs },
    );
    this.inCall = new InCall({
      ...{ ...deps, ...parts, gatewayLeg, person: terms.person },
      isOver: () => this.#ending.isOver,
      end: (end) => this.#ending.end(end),
      hangUp: () => this.hangUp(),
      onLeft: () => this.emit('left'),
    });
    this.#watches = this.#watch(deps.watchers ?? []);
    this.#listen();
  }

  /** Whose call it is, and at which device. */
  get client(): CallClient {
    return this.#client;
  }

  /** As the client was told it: what it hasn't been told yet it is told first. */
  get status(): CallStatus {
    this.#parts.reporter.tellStatus();
    return this.#parts.reporter.status;
  }

  /** Nobody has ended it yet. */
  get isRunning(): boolean {
    return !this.#ending.isOver;
  }

  /** Its device is away: the call ends then (milliseconds since the epoch) unless a device takes it; null: the device is there. */
  get heldUntilMs(): number | null {
    return this.#parts.clientLeg.heldUntilMs;
  }

  /**
   * Has the browser's offer answered while `begin` sets the gateway's side going; null when the call ended before there was an
   * answer (a gateway can be busy faster than that), and where the gateway is to answer it.
   * @throws DialbridgeError `badOffer`, `noCommonCodec`, `mediaUnavailable`; the call has ended then
   */
  async start(offer: string, begin: () => void): Promise<string | null> {
    const answer = this.#answer(offer);
    begin();
    try {
      return await answer;
    } catch (thrown) {
      if (this.#ending.isOver) return null;
      const error = toMediaFault(thrown);
      this.#ending.because(error.code);
      throw error;
    }
  }

  /** The two can talk, from this time on: limits count. */
  answered(atMs: number): void {
    this.#deadline.start(atMs);
    this.emit('answered', atMs);
  }

  /** It rang for as long as it may. */
  giveUp(): void {
    this.#ending.end({ outcome: 'noAnswer', by: 'bridge' });
  }

  /** The person hangs up. */
  hangUp(): void {
    const outcome = this.#ending.isAnswered ? 'answered' : this.#person === 'caller' ? 'cancelled' : 'declined';
    this.#ending.end({ outcome, by: this.#person });
  }

  /** Nobody in the call ends it: the bridge stops, or an operator wants it to end. */
  shutDown(why: ForcedEnd = 'goingAway'): void {
    this.#ending.because(why);
  }

  /** When this call will have used up a limit per day, as it looks now; null: not at all. The call is warned, and ended then. */
  setBudget(end: BudgetEnd | null): void {
    this.#deadline.setBudget(end);
  }

  /** @throws DialbridgeError `callEnded`, `notEstablished` */
  async sendDtmf(digits: string): Promise<void> {
    this.#assertRunning();
    const { reporter } = this.#parts;
    const { state, isHeldByOther } = reporter.status;
    if (state !== 'established' && state !== 'earlyMedia') throw new DialbridgeError('notEstablished');
    reporter.event('dtmfSent', { count: digits.length });
    await this.#gatewayLeg.sendDtmf(digits, isHeldByOther);
  }

  setMuted(isMuted: boolean): void {
    this.#assertRunning();
    const { reporter } = this.#parts;
    if (isMuted === reporter.status.isMuted) return;
    reporter.change({ isMuted });
    reporter.event(isMuted ? 'muted' : 'unmuted');
  }

  /** Of a browser that goes on with the call, or takes it over. @throws DialbridgeError as `start`, and `callEnded` */
  acceptOffer(offer: string): Promise<string> {
    return this.#reoffered(() => this.#parts.clientLeg.acceptOffer(offer));
  }

  /** The same, where the answer may come later: null then. */
  renegotiate(offer: string): Promise<string | null> {
    return this.#reoffered(() => this.#answer(offer));
  }

  addCandidates(candidates: readonly string[]): void {
    this.#assertRunning();
    const { reporter, browserNews } = this.#parts;
    reporter.event('candidatesFound', { candidates });
    browserNews?.candidatesFound(candidates);
  }

  /** As the browser sees its own connection. */
  mediaStateChanged(state: 'connected' | 'failed'): void {
    this.#assertRunning();
    this.#parts.browserNews?.stateChanged(state);
  }

  attach(channel: ClientChannel): void {
    const { reporter, clientLeg } = this.#parts;
    reporter.tellStatus();
    clientLeg.attach(channel);
    reporter.event('clientAttached');
  }

  detach(): void {
    this.#parts.clientLeg.detach();
  }

  /**
   * The call is at another device of the same person from now on, which sends an offer for its audio; the one before is told nothing
   * of it any more. `channel` is null where that device is not connected: the call is held for it as for one that went.
   * @throws DialbridgeError `callEnded`
   */
  moveTo(client: CallClient, channel: ClientChannel | null): void {
    this.#assertRunning();
    const { reporter, clientLeg } = this.#parts;
    reporter.tellStatus();
    const from = this.#client.deviceId;
    this.#client = client;
    if (channel) clientLeg.attach(channel);
    else clientLeg.detach();
    reporter.progressed({ deviceId: client.deviceId });
    reporter.event('moved', { from, to: client.deviceId });
  }

  #watch(watchers: NonNullable<CallHandlerDeps['watchers']>): CallWatch[] {
    const { media, reporter, clientLeg } = this.#parts;
    const gatewayLeg = this.#gatewayLeg;
    return watchers.map((watcher) =>
      watcher({
        ...{ media, gatewayLeg, reporter },
        notify: (name, payload) => clientLeg.notify(name, payload),
        end: (errorCode) => this.#ending.because(errorCode),
      }),
    );
  }

  #listen(): void {
    const { reporter, clientLeg, media } = this.#parts;
    const gatewayLeg = this.#gatewayLeg;
    clientLeg.on('mediaConnected', () => reporter.event('browserConnected'));
    clientLeg.on('holding', (what) => reporter.event(what === 'socket' ? 'clientLost' : 'browserAudioLost'));
    clientLeg.on('lost', (what) => this.#ending.because(what === 'socket' ? 'clientLost' : 'mediaLost'));

    gatewayLeg.on('reoffered', () => reporter.event('gatewayReoffered'));
    gatewayLeg.on('referred', (referral) => {
      if (!this.emit('referred', referral)) referral.reject(403);
    });
    gatewayLeg.on('finished', (end) => this.#ending.finish(end));

    media.on('firstAudioToGateway', () => reporter.event('firstAudioToGateway'));
    media.on('firstAudioFromGateway', () => reporter.event('firstAudioFromGateway'));
    media.on('workerLost', () => reporter.event('mediaWorkerLost'));

    reportDeadline(this.#deadline, reporter);
    this.#ending.on('ending', () => this.inCall.over());
    this.#ending.on('ended', (atMs) => {
      this.inCall.over();
      this.emit('ended', atMs);
    });
    this.#ending.on('closed', () => this.emit('closed'));
  }

  #answer(offer: string): Promise<string | null> {
    const { clientLeg, browserNews } = this.#parts;
    if (!browserNews) return clientLeg.acceptOffer(offer);
    return clientLeg.answerInTurn(() => browserNews.offered(offer));
  }

  async #reoffered<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
    this.#assertRunning();
    this.#parts.reporter.event('browserReoffered');
    try {
      return await answer();
    } catch (thrown) {
      throw toMediaFault(thrown);
    }
  }

  #assertRunning(): void {
    if (this.#ending.isOver) throw new DialbridgeError('callEnded');
  }
}
