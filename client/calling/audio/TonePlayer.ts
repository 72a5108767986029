import { drop, type Readable } from '../../state/index.ts';
import { renderTone } from './renderTone.ts';
import type { Tone } from './tones.ts';

export interface TonePlayerDeps {
  /** Null where the browser has no Web Audio. Called at the first tone: earlier, the autoplay policy would stop it. */
  readonly createContext: () => AudioContext | null;
  /** The person's choice of loudspeaker; null for the system's. */
  readonly speakerId: Readable<string | null>;
}

/** Audio Output Devices for Web Audio; not in every browser. */
type ContextWithSink = AudioContext & { setSinkId?: (id: string) => Promise<void> };

export interface PlayOptions {
  /** How often the period sounds; Infinity until stopped. */
  readonly times: number;
  /** 0 to 1. */
  readonly volume: number;
}

/** What this page lets sound by itself: ringback, busy tone, key tones. */
export interface Tones {
  /** Starts a tone; returns the way to stop it. */
  play(tone: Tone, options: PlayOptions): () => void;
}

export class TonePlayer implements Tones {
  readonly #deps: TonePlayerDeps;
  #context: ContextWithSink | null = null;
  #speakerId: string | null = null;

  constructor(deps: TonePlayerDeps) {
    this.#deps = deps;
  }

  play(tone: Tone, { times, volume }: PlayOptions): () => void {
    this.#context ??= this.#deps.createContext();
    const context = this.#context;
    if (context === null) return () => {};
    if (context.state === 'suspended') drop(context.resume(), 'starting the tones');
    this.#chooseSpeaker(context);
    const samples = renderTone(tone, context.sampleRate);
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer, loop: times > 1 });
    const gain = new GainNode(context, { gain: volume });
    source.connect(gain).connect(context.destination);
    source.start();
    if (times > 1 && Number.isFinite(times)) source.stop(context.currentTime + buffer.duration * times);
    return () => {
      gain.gain.setTargetAtTime(0, context.currentTime, 0.01);
      source.stop(context.currentTime + 0.05);
    };
  }

  close(): void {
    if (this.#context !== null) drop(this.#context.close(), 'closing the tones');
    this.#context = null;
  }

  #chooseSpeaker(context: ContextWithSink): void {
    const id = this.#deps.speakerId.get();
    if (id === this.#speakerId || context.setSinkId === undefined) return;
    this.#speakerId = id;
    drop(context.setSinkId(id ?? ''), 'choosing the loudspeaker');
  }
}
