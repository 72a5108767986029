import type { CodecName } from '../../../shared/domain/index.ts';
import { drop, type Timers } from '../../state/index.ts';
import type { AudioOutput } from '../audio/index.ts';
import type { Microphone, MicrophoneProblem, PeerMedia } from '../media/index.ts';
import { CallMicrophone } from './CallMicrophone.ts';
import type { ClientCall } from './ClientCall.ts';
import { LateAnswer, type LateAnswerOwner } from './LateAnswer.ts';

export interface CallAudioDeps {
  readonly microphone: Pick<Microphone, 'open' | 'chosenDeviceId'>;
  readonly output: Pick<AudioOutput, 'play' | 'stop'>;
  /** A new peer connection, with the microphone's track where it is open already. */
  readonly createMedia: (track: MediaStreamTrack | null, firstCodec?: CodecName) => PeerMedia;
  readonly timers: Timers;
}

/** What the call does for its audio, and hears of it. */
export interface CallAudioOwner extends LateAnswerOwner {
  /** Carries a new offer for the running call to the bridge; resolves with the answer, or null where that comes later. */
  negotiate(offer: string): Promise<string | null>;
  audioChanged(audio: ClientCall['audio']): void;
  /** The microphone went away (or, with null, came back) during the call. */
  microphoneChanged(problem: MicrophoneProblem | null): void;
}

/** A peer connection whose offer was made before it was needed. */
export interface PreparedOffer {
  readonly media: PeerMedia;
  readonly offer: string;
}

const renewFirstMs = 1_000;
const renewMostMs = 10_000;

/**
 * Microphone and audio connection of one call. Every change that the present connection can't follow is one act: a new
 * connection, a new offer, a new answer; tried again, slower each time, until it stands.
 */
export class CallAudio {
  readonly #deps: CallAudioDeps;
  readonly #owner: CallAudioOwner;
  readonly #microphone: CallMicrophone;
  readonly #late: LateAnswer;
  #media: PeerMedia | null = null;
  #stream: MediaStream | null = null;
  #isActive = true;
  #codec: { codec: CodecName; payloadType: number } | null = null;
  /** One negotiation after another. */
  #queue: Promise<unknown> = Promise.resolve();
  #isNegotiated = false;
  #isRenewing = false;
  /** What is being made may be of no use already. */
  #mustRenewAgain = false;
  #renewMs = renewFirstMs;
  #cancelRenewal: () => void = () => {};
  #isClosed = false;

  constructor(deps: CallAudioDeps, owner: CallAudioOwner) {
    this.#deps = deps;
    this.#owner = owner;
    this.#late = new LateAnswer(owner);
    this.#microphone = new CallMicrophone({
      microphone: deps.microphone,
      send: async (track) => this.#media?.setTrack(track),
      changed: (problem) => owner.microphoneChanged(problem),
    });
  }

  /** The present connection, for measuring. */
  get media(): PeerMedia | null {
    return this.#media;
  }

  get microphone(): Pick<CallMicrophone, 'open' | 'take' | 'setMuted'> {
    return this.#microphone;
  }

  /** Of several calls one alone is heard and hears; the others keep their connection, so that they can go on at once. */
  setActive(isActive: boolean): void {
    if (isActive === this.#isActive || this.#isClosed) return;
    this.#isActive = isActive;
    this.#microphone.setActive(isActive);
    if (!isActive) this.#deps.output.stop();
    else if (this.#stream !== null) this.#deps.output.play(this.#stream);
  }

  /** The first offer of the call; its answer is carried by `negotiate`, and no other offer goes out before it. */
  start(negotiate: (offer: string) => Promise<string | null>, prepared: PreparedOffer | null = null): Promise<void> {
    return this.#enqueue(async () => {
      if (this.#isClosed) return prepared?.media.close();
      const { sentTrack } = this.#microphone;
      const media = this.#take(prepared?.media ?? this.#deps.createMedia(sentTrack));
      if (prepared !== null && sentTrack !== null) await media.setTrack(sentTrack);
      const answer = await negotiate(prepared?.offer ?? (await media.createOffer()));
      await this.#answered(media, answer);
    });
  }

  /** The answer to an offer that had none yet. */
  async acceptLateAnswer(answer: string): Promise<void> {
    await this.#enqueue(async () => {
      if (!this.#isClosed && (await this.#late.accept(answer))) this.#isNegotiated = true;
    });
  }

  /** Makes a new connection for a call that runs. @throws what `negotiate` throws, when it can't be repeated */
  async renew(): Promise<void> {
    if (this.#isRenewing || this.#isClosed) return;
    this.#isRenewing = true;
    this.#cancelRenewal();
    try {
      await this.#enqueue(() => this.#offerAnew(this.#codec?.codec));
    } catch {
      this.#renewLater(this.#renewMs);
    } finally {
      this.#isRenewing = false;
    }
    if (this.#mustRenewAgain) await this.restart();
  }

  /** As `renew`, where the bridge says that what it had is gone: also what is being made just now. */
  async restart(): Promise<void> {
    this.#mustRenewAgain = this.#isRenewing;
    await this.renew();
  }

  /** The connection to the bridge is back: the network may be another, and with it the way of the audio. */
  connectionReturned(): void {
    const isNegotiated = this.#isNegotiated || this.#late.isAwaited;
    if (isNegotiated && this.#media?.isConnected === false) drop(this.renew(), 'renewing the audio');
  }

  /** The gateway chose this codec. */
  followCodec(codec: CodecName, payloadType: number): void {
    this.#codec = { codec, payloadType };
    const change = this.#enqueue(async () => {
      if (this.#media === null || this.#isClosed) return;
      if (!(await this.#media.sendCodec(codec, payloadType))) await this.#offerAnew(codec);
    });
    drop(change, 'changing the codec');
  }

  /** Idempotent. Leaves the output alone where another call sounds from it. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelRenewal();
    this.#media?.close();
    this.#microphone.close();
    if (this.#isActive) this.#deps.output.stop();
  }

  async #offerAnew(firstCodec: CodecName | undefined): Promise<void> {
    const former = this.#media;
    const media = this.#take(this.#deps.createMedia(this.#microphone.sentTrack, firstCodec));
    try {
      await this.#answered(media, await this.#owner.negotiate(await media.createOffer()));
    } finally {
      former?.close();
    }
  }

  async #answered(media: PeerMedia, answer: string | null): Promise<void> {
    if (this.#isClosed) return;
    if (answer === null) {
      this.#late.begin();
      return;
    }
    await media.acceptAnswer(answer);
    this.#isNegotiated = true;
  }

  #take(media: PeerMedia): PeerMedia {
    this.#media = media;
    this.#late.follow(media);
    const whilePresent = (act: () => void) => {
      if (this.#media === media && !this.#isClosed) act();
    };
    media.events.on('streamArrived', (stream) => whilePresent(() => this.#streamArrived(stream)));
    media.events.on('connected', () => whilePresent(() => this.#connected()));
    media.events.on('interrupted', () => whilePresent(() => this.#interrupted()));
    media.events.on('failed', () => whilePresent(() => this.#interrupted()));
    return media;
  }

  #streamArrived(stream: MediaStream): void {
    this.#stream = stream;
    if (this.#isActive) this.#deps.output.play(stream);
  }

  #connected(): void {
    this.#cancelRenewal();
    this.#renewMs = renewFirstMs;
    this.#owner.audioChanged('connected');
  }

  /** ICE has been without an answer for seconds by then; a new way costs less than to wait whether the old one recovers. */
  #interrupted(): void {
    this.#owner.audioChanged('interrupted');
    drop(this.renew(), 'renewing the audio');
  }

  #renewLater(delayMs: number): void {
    this.#cancelRenewal();
    if (this.#isClosed) return;
    this.#renewMs = Math.min(this.#renewMs * 2, renewMostMs);
    this.#cancelRenewal = this.#deps.timers.after(delayMs, () => drop(this.renew(), 'renewing the audio'));
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(task, task);
    this.#queue = next.catch(() => {});
    return next;
  }
}
