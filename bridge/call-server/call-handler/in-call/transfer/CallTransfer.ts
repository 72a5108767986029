import { DialbridgeError, toWireError } from '../../../../../shared/errors/index.ts';
import type { MediaRelay } from '../../../../media-relay/index.ts';
import { type Clock, drop, type Logger } from '../../../../observability/index.ts';
import type { CallReporter } from '../../reports/CallReporter.ts';
import type { CallHold } from '../hold/CallHold.ts';
import { BlindBridge } from './BlindBridge.ts';
import type { JoinableCall } from './JoinableCall.ts';
import { joinCalls } from './joinCalls.ts';
import { mayRefer, referenceTo } from './mayRefer.ts';
import { referTo } from './referTo.ts';
import { type AttendedTarget, type BlindTarget, numberOf, type TransferTarget } from './TransferTarget.ts';

export interface CallTransferDeps {
  /** The call that is passed on. */
  readonly call: JoinableCall;
  readonly hold: CallHold;
  readonly reporter: Pick<CallReporter, 'status' | 'change' | 'event'>;
  readonly relay: Pick<MediaRelay, 'join'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
  /** The browser's audio was given up for the other party's: the device has to make it anew. */
  readonly restartBrowser: () => void;
}

type Way = 'refer' | 'bridge';

/**
 * Passing a call on, once at a time: the party is put on hold, then the gateway is asked to (REFER), or we do it ourselves.
 *
 *   start ──► on hold ──► REFER ──2xx NOTIFY──► the call ends, transferred
 *                │          │ ╲
 *                │  refused │  ╲ accepted, and came to nothing
 *                ▼          ▼   ╲
 *              we call, or join ─╲── joined ──► the call is over for the person, and goes on
 *                           ╲     ╲
 *                            ╲     ▼
 *                  no answer  ╲──► failed: the person keeps it, on hold
 */
export class CallTransfer {
  readonly #deps: CallTransferDeps;
  #target: TransferTarget | null = null;
  #bridge: BlindBridge | null = null;

  constructor(deps: CallTransferDeps) {
    this.#deps = deps;
    deps.call.onOver(() => this.#bridge?.stop());
  }

  /** Returns when it is under way; `status.transfer` tells how it goes. @throws DialbridgeError `conflict` while another one is */
  start(target: TransferTarget): void {
    const { reporter, logger } = this.#deps;
    if (this.#target) throw new DialbridgeError('conflict');
    this.#target = target;
    const to = numberOf(target);
    const attended = target.kind === 'attended' && { otherCallId: target.other.callId };
    reporter.change({ transfer: { to, state: 'trying' } });
    reporter.event('transferRequested', { to, ...attended });
    drop(this.#run(target), logger, 'passing a call on');
  }

  /** The person wants the party back whom we call somebody for. What a gateway was asked to do can't be taken back. */
  takeBack(): void {
    if (!this.#bridge) return;
    this.#bridge.stop();
    this.#deps.reporter.change({ transfer: null });
    this.#deps.reporter.event('transferTakenBack');
  }

  async #run(target: TransferTarget): Promise<void> {
    let way: Way = 'bridge';
    try {
      await this.#deps.hold.hold();
      if (this.#deps.call.isOver) return;
      if (mayRefer(this.#deps.call, target)) {
        way = 'refer';
        if (await this.#refer(target)) return;
        way = 'bridge';
      }
      await (target.kind === 'attended' ? this.#joinAttended(target) : this.#callFor(target));
    } catch (error) {
      this.#failed(target, way, this.#reasonOf(error));
    } finally {
      this.#target = null;
      this.#bridge = null;
    }
  }

  /** True when nothing is left to do: the gateway did it, or tried. */
  async #refer(target: TransferTarget): Promise<boolean> {
    const { call, clock, reporter } = this.#deps;
    const { dialog, gateway } = call.gatewayLeg;
    if (!dialog || !gateway) throw new DialbridgeError('callEnded');
    const place = target.kind === 'blind' ? await target.admit() : null;
    let isPlaceNeeded = false;
    try {
      const referral = await Promise.race([
        referTo(dialog, referenceTo(gateway, target), () => this.#ringing()),
        new Promise<null>((resolve) => call.onOver(() => resolve(null))),
      ]);
      if (referral === null) return true;
      if (referral.kind === 'succeeded') {
        this.#transferred(target, 'refer');
        if (target.kind === 'attended') target.other.endTransferred(call.otherNumber);
        call.endTransferred(numberOf(target));
        return true;
      }
      const { status: sipStatus, reason } = referral.failure;
      if (referral.isRefused && gateway.inCall.transfer === 'auto') {
        reporter.event('referRefused', { sipStatus, reason });
        // Its party may have hung up with the refusal: then nobody waits for another call.
        if (call.isOver) return true;
        // By the call that we make instead, which is the same one to the person's limits.
        isPlaceNeeded = true;
        return false;
      }
      this.#failed(target, 'refer', { sipStatus, reason });
      return true;
    } finally {
      if (!isPlaceNeeded) place?.ended(clock.now());
    }
  }

  async #joinAttended(target: AttendedTarget): Promise<void> {
    const { other } = target;
    await this.#join(other, target, false);
  }

  async #callFor(target: BlindTarget): Promise<void> {
    const { call, relay, logger, hold, reporter, restartBrowser } = this.#deps;
    const bridge = new BlindBridge({ one: call, relay, logger, onRinging: () => this.#ringing() });
    this.#bridge = bridge;
    const outcome = await bridge.run(target);
    if (outcome.kind === 'answered') {
      await this.#join(outcome.other, target, outcome.isJoined).catch((error: unknown) => {
        outcome.other.hangUp();
        throw error;
      });
      return;
    }
    if (!call.isOver && outcome.isJoined) restartBrowser();
    if (!call.isOver && reporter.status.isOnHold) hold.playHeldSound();
    const end = outcome.status?.end;
    this.#failed(target, 'bridge', { outcome: end?.outcome, sipStatus: end?.sipStatus, code: end?.error?.code });
  }

  async #join(other: JoinableCall, target: TransferTarget, isJoined: boolean): Promise<void> {
    const { call, relay, logger } = this.#deps;
    await joinCalls({ relay, logger }, { one: call, other, isJoined });
    this.#transferred(target, 'bridge', other);
  }

  #ringing(): void {
    const { reporter } = this.#deps;
    const { transfer } = reporter.status;
    if (transfer?.state === 'trying') reporter.change({ transfer: { ...transfer, state: 'ringing' } });
  }

  #transferred(target: TransferTarget, by: Way, other?: JoinableCall): void {
    const { reporter } = this.#deps;
    reporter.event('transferred', { to: numberOf(target), by, ...(other && { otherCallId: other.callId }) });
  }

  #failed(target: TransferTarget, by: Way, why: Readonly<Record<string, unknown>>): void {
    const { call, reporter } = this.#deps;
    // Nobody waits for it any more.
    if (call.isOver || reporter.status.transfer === null) return;
    const to = numberOf(target);
    const error = toWireError(new DialbridgeError('transferFailed', { details: { number: to } }));
    reporter.change({ transfer: { to, state: 'failed', error } });
    reporter.event('transferFailed', { to, by, ...why });
  }

  #reasonOf(error: unknown): Readonly<Record<string, unknown>> {
    const { logger, call } = this.#deps;
    if (error instanceof DialbridgeError) return { code: error.code };
    logger.warn({ error, callId: call.callId }, 'A call could not be passed on');
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
