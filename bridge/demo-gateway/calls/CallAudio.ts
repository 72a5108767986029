import type { MediaMode, MediaSession } from '../media/MediaSession.ts';
import type { CodecChoice } from '../sdp/AudioAgreement.ts';
import { type ReadAudio, readAudio } from '../sdp/readAudio.ts';
import { writeAnswer, writeOffer } from '../sdp/writeAudio.ts';

export interface CallAudioDeps {
  /** Rejects when no ports are free. */
  readonly openMedia: (mode: MediaMode) => Promise<MediaSession>;
  readonly randomBytes: (size: number) => Uint8Array;
  /** Where media is received, as SDP says it. */
  readonly host: string;
}

export interface CallAudioOptions {
  readonly mode: MediaMode;
  /** Of the INVITE; null when it had none and wants ours (RFC 3261 section 13.2.1). */
  readonly offer: string | null;
}

/** The one audio stream of a call: what SDP settles about it (RFC 3264), and its media. */
export class CallAudio {
  readonly media: MediaSession;
  readonly #choice: CodecChoice;
  readonly #host: string;
  readonly #sessionId: number;
  #version = 1;
  #description: string;
  #isAgreed = false;
  #isWanted = false;

  private constructor(media: MediaSession, settled: { choice: CodecChoice; host: string; sessionId: number }) {
    this.media = media;
    this.#choice = settled.choice;
    this.#host = settled.host;
    this.#sessionId = settled.sessionId;
    this.#description = writeOffer(this.#local());
  }

  /** Null when the offer has no codec in common with us. Nothing is held then. */
  static async open(deps: CallAudioDeps, { mode, offer }: CallAudioOptions): Promise<CallAudio | null> {
    const choice = mode === 'echo' ? 'any' : 'g711';
    const read = offer === null ? null : readAudio(offer, choice);
    if (offer !== null && read === null) return null;
    const sessionId = Buffer.from(deps.randomBytes(6)).readUIntBE(0, 6);
    const audio = new CallAudio(await deps.openMedia(mode), { choice, host: deps.host, sessionId });
    if (read !== null) audio.#accept(read);
    return audio;
  }

  /** Our SDP: the answer to the last offer, or our offer while there was none. */
  get description(): string {
    return this.#description;
  }

  /** False until an offer of our own was answered. */
  get isAgreed(): boolean {
    return this.#isAgreed;
  }

  /** The answer to a new offer; null, and nothing changed, when it has no codec in common. */
  answer(offer: string): string | null {
    const read = readAudio(offer, this.#choice);
    if (read === null) return null;
    this.#accept(read);
    return this.#description;
  }

  /** Takes the answer to our offer; false when it can't be used. */
  takeAnswer(answer: string): boolean {
    const read = readAudio(answer, this.#choice);
    if (read === null) return false;
    this.#isAgreed = true;
    this.media.agree(read.agreement);
    if (this.#isWanted) this.media.start();
    return true;
  }

  /** Sound from now on, or from the moment on when both sides agree. */
  start(): void {
    this.#isWanted = true;
    if (this.#isAgreed) this.media.start();
  }

  #accept(read: ReadAudio): void {
    const before = this.#description;
    if (this.#isAgreed && writeAnswer(read, this.#local()) !== before) this.#version += 1;
    this.#description = writeAnswer(read, this.#local());
    this.#isAgreed = true;
    this.media.agree(read.agreement);
  }

  #local() {
    const local = { address: this.#host, port: this.media.port };
    return { id: this.#sessionId, version: this.#version, local };
  }
}
