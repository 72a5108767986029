import { drop, Observable, type Readable, type Timers } from '../../state/index.ts';
import { type Melody, renderMelody } from './melodies.ts';
import { renderTone } from './renderTone.ts';
import type { Tone } from './tones.ts';

export interface TonePlayerDeps {
  /** Null where the browser has no Web Audio. Called at the first tone: earlier, the autoplay policy would stop it. */
  readonly createContext: () => AudioContext | null;
  /** The person's choice of loudspeaker; null for the system's. */
  readonly speakerId: Readable<string | null>;
  readonly timers: Timers;
}

/** Where allowed, a context begins to run within this time, in milliseconds; after it, the autoplay policy has its hand on it. */
const startsWithinMs = 400;

/** Audio Output Devices for Web Audio; not in every browser. */
type ContextWithSink = AudioContext & { setSinkId?: (id: string) => Promise<void> };

export interface PlayOptions {
  /** How often the period sounds; Infinity until stopped. */
  readonly times: number;
  /** 0 to 1. */
  readonly volume: number;
}

/** What this page lets sound by itself: ringback, busy tone, key tones, the ring. */
export interface Tones {
  /** Starts a sound; returns the way to stop it. */
  play(sound: Tone | Melody, options: PlayOptions): () => void;
}

export class TonePlayer implements Tones {
  readonly #deps: TonePlayerDeps;
  readonly #isBlocked = new Observable(false);
  #context: ContextWithSink | null = null;
  #speakerId: string | null = null;

  constructor(deps: TonePlayerDeps) {
    this.#deps = deps;
  }

  /** True while something should sound and the browser wants a click or a key first. */
  get isBlocked(): Readable<boolean> {
    return this.#isBlocked;
  }

  /** Tries again; to be called from a click or a key. What should have sounded begins then. */
  resume(): void {
    if (this.#context?.state === 'suspended') drop(this.#context.resume(), 'starting the tones');
  }

  play(sound: Tone | Melody, { times, volume }: PlayOptions): () => void {
    this.#context ??= this.#createContext();
    const context = this.#context;
    if (context === null) return () => {};
    this.resume();
    this.#chooseSpeaker(context);
    const cancelLook = this.#deps.timers.after(startsWithinMs, () => this.#isBlocked.set(isSuspended(context)));
    const samples = 'notes' in sound ? renderMelody(sound, context.sampleRate) : renderTone(sound, context.sampleRate);
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer, loop: times > 1 });
    const gain = new GainNode(context, { gain: volume });
    source.connect(gain).connect(context.destination);
    source.start();
    if (times > 1 && Number.isFinite(times)) source.stop(context.currentTime + buffer.duration * times);
    return () => {
      cancelLook();
      this.#isBlocked.set(false);
      gain.gain.setTargetAtTime(0, context.currentTime, 0.01);
      source.stop(context.currentTime + 0.05);
    };
  }

  close(): void {
    if (this.#context !== null) drop(this.#context.close(), 'closing the tones');
    this.#context = null;
  }

  #createContext(): AudioContext | null {
    const context = this.#deps.createContext();
    context?.addEventListener('statechange', () => {
      if (!isSuspended(context)) this.#isBlocked.set(false);
    });
    return context;
  }

  #chooseSpeaker(context: ContextWithSink): void {
    const id = this.#deps.speakerId.get();
    if (id === this.#speakerId || context.setSinkId === undefined) return;
    this.#speakerId = id;
    drop(context.setSinkId(id ?? ''), 'choosing the loudspeaker');
  }
}

function isSuspended(context: AudioContext): boolean {
  return context.state === 'suspended';
}
