import { DialbridgeError, toWireError } from '../../../shared/errors/index.ts';
import type { CallStatus } from '../../../shared/protocol/index.ts';
import { drop } from '../../state/index.ts';
import { type Microphone, problemOf } from '../media/index.ts';
import type { CallAudio, PreparedOffer } from './CallAudio.ts';
import type { CallSignalling } from './CallSignalling.ts';
import { type ClientCall, type ClientCallEnd, isEnded } from './ClientCall.ts';
import { endByPerson } from './endsOfCalls.ts';
import type { CallEvent } from './reduceCall.ts';

export interface CallTakeOverDeps {
  readonly microphone: Pick<Microphone, 'isGranted'>;
  readonly audio: Pick<CallAudio, 'start' | 'microphone'>;
  readonly signalling: Pick<CallSignalling, 'reattach' | 'isGivenUp'>;
  readonly call: () => ClientCall;
  readonly apply: (event: CallEvent) => void;
  /** Takes the bridge's word on the call; resolves with its answer to the offer. */
  readonly follow: (send: () => Promise<{ answer: string; status: CallStatus }>) => Promise<string | null>;
  readonly endHere: (end: ClientCallEnd) => void;
}

/** Takes a running call over. Whatever goes wrong, the call itself is not ended by it. */
export class CallTakeOver {
  readonly #deps: CallTakeOverDeps;

  constructor(deps: CallTakeOverDeps) {
    this.#deps = deps;
  }

  /** Never throws: what goes wrong is in the state. */
  async run(resumeKey: string | null, preparing: Promise<PreparedOffer | null>): Promise<void> {
    const { audio, signalling, follow, endHere } = this.#deps;
    const prepared = (await this.#openMicrophone()) ? await preparing : null;
    if (this.#isOver) return (await preparing)?.media.close();
    try {
      await audio.start((offer) => follow(() => this.#reattach(offer, resumeKey)), prepared);
    } catch (error) {
      if (!this.#isOver && !signalling.isGivenUp)
        endHere({ outcome: 'failed', by: 'bridge', error: toWireError(error) });
    }
  }

  get #isOver(): boolean {
    return isEnded(this.#deps.call());
  }

  /** A key from before a crash may be older than the one that was told last: then the person's account must do. */
  async #reattach(offer: string, resumeKey: string | null) {
    const { signalling, call } = this.#deps;
    try {
      return await signalling.reattach(offer, resumeKey);
    } catch (error) {
      const isOutdated = error instanceof DialbridgeError && error.code === 'resumeKeyInvalid';
      if (!isOutdated || call().takesOver !== 'own') throw error;
      return await signalling.reattach(offer, null);
    }
  }

  /** Where it must be asked for, the call stays where it is until then. False where there is none and nothing more is done. */
  async #openMicrophone(): Promise<boolean> {
    const { microphone, audio, apply, call, endHere } = this.#deps;
    if (await microphone.isGranted()) {
      drop(audio.microphone.take(), 'opening the microphone');
      return true;
    }
    apply({ type: 'microphoneAsked' });
    try {
      await audio.microphone.open();
      apply({ type: 'microphoneReady' });
      return true;
    } catch (error) {
      endHere({ outcome: 'failed', by: endByPerson(call()).by, microphone: problemOf(error) });
      return false;
    }
  }
}
