import { DialbridgeError, toWireError } from '../../../shared/errors/index.ts';
import { type Microphone, problemOf } from '../media/index.ts';
import type { CallAudio, PreparedOffer } from './CallAudio.ts';
import type { CallSignalling } from './CallSignalling.ts';
import { type ClientCall, type ClientCallEnd, isEnded, type RingingEnd } from './ClientCall.ts';
import { endByPerson, endTooLate, tooLateOf } from './endsOfCalls.ts';
import { isRefusal } from './isRefusal.ts';
import type { CallEvent } from './reduceCall.ts';

export interface CallStartDeps {
  readonly microphone: Pick<Microphone, 'isGranted'>;
  readonly audio: Pick<CallAudio, 'microphone' | 'start'>;
  readonly signalling: Pick<CallSignalling, 'wasSent' | 'isGivenUp' | 'tellEnd'>;
  readonly call: () => ClientCall;
  readonly apply: (event: CallEvent) => void;
  readonly endHere: (end: ClientCallEnd) => void;
}

/** How a call begins that is dialled or taken here: microphone, offer, answer, and what may go wrong with them. */
export class CallStart {
  readonly #deps: CallStartDeps;
  /** Told while the answer was under way. */
  #ringingEnd: RingingEnd | null = null;

  constructor(deps: CallStartDeps) {
    this.#deps = deps;
  }

  /**
   * Where the microphone was granted before, the offer goes out at once and the track follows; else the person is asked before
   * anything rings, or is taken. `send` resolves with the bridge's answer, null when the call was given up before that.
   */
  async run(
    send: (offer: string) => Promise<string | null>,
    preparing: Promise<PreparedOffer | null> | null = null,
  ): Promise<void> {
    const { microphone, audio, apply } = this.#deps;
    try {
      const isGranted = await microphone.isGranted();
      if (!isGranted) apply({ type: 'microphoneAsked' });
      const opening = audio.microphone.open();
      if (isGranted) opening.catch((error: unknown) => this.#failForMicrophone(error));
      else await opening;
      apply({ type: 'microphoneReady' });
    } catch (error) {
      this.#failForMicrophone(error);
    }
    const prepared = await preparing;
    if (this.#isOver) return prepared?.media.close();
    try {
      await audio.start(send, prepared);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The call rang here no longer while the answer was under way: somebody else may have been quicker. */
  wasLate(end: RingingEnd): void {
    this.#ringingEnd = end;
  }

  get #isOver(): boolean {
    return isEnded(this.#deps.call());
  }

  /** The call may be under way already when the microphone turns out not to be there. */
  #failForMicrophone(error: unknown): void {
    const { signalling, call, endHere } = this.#deps;
    if (signalling.wasSent && !this.#isOver) signalling.tellEnd();
    endHere({ outcome: 'failed', by: endByPerson(call()).by, microphone: problemOf(error) });
  }

  #fail(error: unknown): void {
    const { signalling, call, endHere } = this.#deps;
    // Given up by the person: `hangUp` says how it ended.
    if (this.#isOver || signalling.isGivenUp) return;
    const tooLate = call().direction === 'incoming' ? tooLateOf(error) : null;
    if (tooLate !== null) {
      endHere(endTooLate(this.#ringingEnd ?? tooLate));
      return;
    }
    // After a timeout the bridge may have the call all the same: it must not ring on.
    if (!(error instanceof DialbridgeError) || error.code === 'requestTimeout') {
      if (signalling.wasSent) signalling.tellEnd();
    }
    const wire = toWireError(error);
    endHere({ outcome: isRefusal(wire) ? 'refused' : 'failed', by: 'bridge', error: wire });
  }
}
