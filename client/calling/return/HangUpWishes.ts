import type { CallId } from '../../../shared/domain/index.ts';
import { drop } from '../../state/index.ts';
import type { CallAudioDeps } from '../call/index.ts';
import type { Connection, HelloAnswer } from '../connection/index.ts';
import type { KeptCall, KeptCalls } from './KeptCalls.ts';

export interface HangUpWishesDeps extends Pick<CallAudioDeps, 'createMedia'> {
  readonly connection: Pick<Connection, 'request' | 'on'>;
  readonly kept: Pick<KeptCalls, 'all' | 'find' | 'change' | 'remove'>;
}

/** One try; a wish that can't be told within it is told after the next hello. In milliseconds. */
const tryMs = 15_000;

/**
 * Hang-ups of the person until the bridge has heard of them: a wish outlives the socket and the page, since the other side is
 * still there meanwhile.
 */
export class HangUpWishes {
  readonly #deps: HangUpWishesDeps;
  readonly #stop: () => void;
  readonly #telling = new Set<CallId>();

  constructor(deps: HangUpWishesDeps) {
    this.#deps = deps;
    this.#stop = deps.connection.on('ready', (hello) => this.#connectionReady(hello));
  }

  has(callId: CallId): boolean {
    return this.#deps.kept.find(callId)?.isHangUpWished ?? false;
  }

  /** Resolves when the bridge has heard of it. @throws DialbridgeError `requestTimeout`: it is told later */
  async tell(callId: CallId): Promise<void> {
    this.#deps.kept.change(callId, { isHangUpWished: true });
    await this.#tell(callId);
  }

  /** As `tell`, for a call whose page is gone. */
  async tellAbandoned(callId: CallId): Promise<void> {
    this.#deps.kept.change(callId, { isHangUpWished: true });
    const wish = this.#deps.kept.find(callId);
    if (wish !== null) await this.#takeAndTell(wish);
  }

  close(): void {
    this.#stop();
  }

  #connectionReady({ calls }: HelloAnswer): void {
    for (const wish of this.#deps.kept.all().filter(({ isHangUpWished }) => isHangUpWished)) {
      if (this.#telling.has(wish.callId)) continue;
      const isOfThisTab = calls.some(({ callId }) => callId === wish.callId);
      drop(isOfThisTab ? this.#tell(wish.callId) : this.#takeAndTell(wish), 'hanging up');
    }
  }

  async #tell(callId: CallId): Promise<void> {
    this.#telling.add(callId);
    try {
      await this.#deps.connection.request('call:hangUp', { callId }, { deadlineMs: tryMs });
      this.#deps.kept.remove(callId);
    } finally {
      this.#telling.delete(callId);
    }
  }

  /** The page that had the call is gone. Only the device that has a call can end it, so this one takes it first. */
  async #takeAndTell({ callId, resumeKey }: KeptCall): Promise<void> {
    const media = this.#deps.createMedia(null);
    try {
      const offer = await media.createOffer();
      await this.#deps.connection.request('call:reattach', { callId, offer, ...(resumeKey !== null && { resumeKey }) });
      await this.#tell(callId);
    } finally {
      media.close();
      this.#deps.kept.remove(callId);
    }
  }
}
