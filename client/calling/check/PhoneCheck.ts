import { DialbridgeError, type ErrorCode } from '../../../shared/errors/index.ts';
import { drop, Observable, type Readable, type Timers } from '../../state/index.ts';
import type { AudioOutput } from '../audio/index.ts';
import type { Connection } from '../connection/index.ts';
import { type Microphone, type MicrophoneProblem, type PeerMedia, problemOf } from '../media/index.ts';
import { readFigures } from '../quality/index.ts';
import { type CheckFigures, type CheckFinding, judgeCheck } from './judgeCheck.ts';
import type { LevelMeter } from './LevelMeter.ts';

export interface PhoneCheckDeps {
  readonly connection: Pick<Connection, 'request' | 'measureRoundTrip'>;
  readonly microphone: Pick<Microphone, 'open'>;
  readonly output: Pick<AudioOutput, 'play' | 'stop'>;
  readonly createMedia: (track: MediaStreamTrack | null) => PeerMedia;
  readonly createMeter: (track: MediaStreamTrack) => LevelMeter;
  readonly timers: Timers;
  readonly newId: () => string;
}

/**
 * ```
 *  idle --start--> opening --echo is up--> listening --stop, or its time is over--> done --start--> opening
 *                     \__ no microphone, refused __ failed --start--> opening
 * ```
 */
export interface CheckState {
  readonly phase: 'idle' | 'opening' | 'listening' | 'done' | 'failed';
  /** Of the microphone now, 0 to 1 of full scale. */
  readonly level: number;
  readonly figures: CheckFigures | null;
  /** What is to be said of it; null before there is enough to judge by. */
  readonly findings: readonly CheckFinding[] | null;
  readonly problem: { readonly microphone: MicrophoneProblem } | { readonly error: ErrorCode } | null;
}

const idle: CheckState = { phase: 'idle', level: 0, figures: null, findings: null, problem: null };
const meterEveryMs = 100;
const measureEveryMs = 1000;
/** Whoever speaks a sentence has been heard by then, and 300 packets are enough for a share. */
const judgedAfterMs = 6000;

/** Tries out the telephone before a call: microphone, loudspeaker and network, by an echo of the bridge's. */
export class PhoneCheck {
  readonly #deps: PhoneCheckDeps;
  readonly #state = new Observable<CheckState>(idle);
  /** Ends what runs; null while nothing does. */
  #end: (() => void) | null = null;
  #attempt = 0;

  constructor(deps: PhoneCheckDeps) {
    this.#deps = deps;
  }

  get state(): Readable<CheckState> {
    return this.#state;
  }

  async start(): Promise<void> {
    this.close();
    this.#attempt += 1;
    const attempt = this.#attempt;
    const isOver = () => attempt !== this.#attempt;
    this.#state.set({ ...idle, phase: 'opening' });
    let track: MediaStreamTrack;
    try {
      track = await this.#deps.microphone.open();
    } catch (error) {
      if (!isOver()) this.#state.set({ ...idle, phase: 'failed', problem: { microphone: problemOf(error) } });
      return;
    }
    if (isOver()) return track.stop();
    await this.#listen(track, isOver);
  }

  /** What was measured until now counts. */
  stop(): void {
    this.#attempt += 1;
    this.#end?.();
    this.#end = null;
    const { phase, figures, findings } = this.#state.get();
    if (phase !== 'opening' && phase !== 'listening') return;
    this.#state.set({
      ...idle,
      phase: figures === null ? 'idle' : 'done',
      figures,
      findings: findings ?? (figures && judgeCheck(figures)),
    });
  }

  /** Ends what runs and forgets what was found. */
  close(): void {
    this.stop();
    this.#state.set(idle);
  }

  async #listen(track: MediaStreamTrack, isOver: () => boolean): Promise<void> {
    const { connection, createMedia, createMeter, output, newId } = this.#deps;
    const checkId = newId();
    const media = createMedia(track);
    const meter = createMeter(track);
    const stops: (() => void)[] = [];
    this.#end = () => {
      for (const stop of stops) stop();
      meter.close();
      media.close();
      track.stop();
      output.stop();
      connection.request('media:endCheck', { checkId }).catch(() => undefined);
    };
    media.events.on('streamArrived', (stream) => output.play(stream));
    stops.push(this.#repeat(meterEveryMs, () => this.#change({ level: meter.read() })));
    try {
      const offer = await media.createOffer();
      const { answer } = await connection.request('media:check', { checkId, offer });
      if (isOver()) return;
      await media.acceptAnswer(answer);
    } catch (error) {
      if (isOver()) return;
      this.stop();
      this.#state.set({ ...idle, phase: 'failed', problem: { error: codeOf(error) } });
      return;
    }
    if (!isOver()) this.#measure(media, stops);
  }

  #measure(media: PeerMedia, stops: (() => void)[]): void {
    const { connection, timers } = this.#deps;
    const startedAtMs = timers.now();
    let socketMs: number | null = null;
    this.#change({ phase: 'listening' });
    const measure = async () => {
      const figures = readFigures(await media.statistics());
      const loudest = this.#state.get().figures?.loudest ?? 0;
      this.#change({ figures: { ...figuresOf(figures, media.isConnected), socketMs, loudest } });
      const { figures: now } = this.#state.get();
      const isEnough = timers.now() - startedAtMs >= judgedAfterMs;
      if (isEnough && now !== null) this.#change({ findings: judgeCheck(now) });
      socketMs = await connection.measureRoundTrip().catch(() => null);
    };
    stops.push(this.#repeat(measureEveryMs, () => drop(measure(), 'measuring the echo')));
    // The bridge ends it then, too.
    stops.push(timers.after(longestMs, () => this.stop()));
  }

  #change(change: Partial<CheckState>): void {
    const state = this.#state.get();
    if (state.phase !== 'opening' && state.phase !== 'listening') return;
    const next = { ...state, ...change };
    const { figures, level } = next;
    const isLouder = figures !== null && level > figures.loudest;
    this.#state.set(isLouder ? { ...next, figures: { ...figures, loudest: level } } : next);
  }

  #repeat(everyMs: number, task: () => void): () => void {
    let cancel = () => {};
    const next = () => {
      cancel = this.#deps.timers.after(everyMs, () => {
        next();
        task();
      });
    };
    next();
    return () => cancel();
  }
}

const longestMs = 29_000;

function figuresOf(
  { roundTripMs, jitterMs, packetsReceived, packetsLost, packetsSent, protocol }: ReturnType<typeof readFigures>,
  isConnected: boolean,
): Omit<CheckFigures, 'socketMs' | 'loudest'> {
  const lost = Math.max(0, packetsLost);
  // Every copy that was sent and every one that came: what was repaired by sending it again was lost, too.
  const onTheWay = packetsSent === 0 ? 0 : 1 - packetsReceived / packetsSent;
  const share = packetsReceived + lost === 0 ? 0 : lost / (packetsReceived + lost);
  const isEnough = packetsSent >= fewestForShare;
  const lossPercent = isEnough ? 100 * Math.max(0, onTheWay, share) : null;
  return { roundTripMs, jitterMs, lossPercent, protocol, packetsSent, packetsBack: packetsReceived, isConnected };
}

/** With fewer packets, those on their way would count for losses. Four seconds. */
const fewestForShare = 200;

function codeOf(error: unknown): ErrorCode {
  return error instanceof DialbridgeError ? error.code : 'internal';
}
