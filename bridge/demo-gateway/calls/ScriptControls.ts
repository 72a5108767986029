import type { Clock } from '../../observability/index.ts';
import type { Clip, Sounds } from '../audio/Sounds.ts';
import { type CallControls, CallEnded, type Refusal } from '../lines/CallControls.ts';
import type { ClipPlayer, PlayOptions } from '../media/ClipPlayer.ts';

/** What a script's commands do to its call. */
export interface ScriptedCall {
  readonly player: ClipPlayer | null;
  ring(): void;
  openEarlyMedia(): void;
  answer(): void;
  refuse(refusal: Refusal): void;
  hangUp(): void;
}

export interface ScriptControlsDeps {
  readonly clock: Clock;
  readonly sounds: Sounds;
  readonly call: ScriptedCall;
  /** Aborted when the call ends. */
  readonly ended: AbortSignal;
}

/** Keys that nobody asks for are not kept beyond this many. */
const MAX_WAITING_DIGITS = 50;

/** Hands a call to its script, and lets nothing wait beyond the end of the call. */
export class ScriptControls implements CallControls {
  readonly sounds: Sounds;
  readonly #deps: ScriptControlsDeps;
  readonly #digits: string[] = [];
  #onDigit: (() => void) | null = null;

  constructor(deps: ScriptControlsDeps) {
    this.#deps = deps;
    this.sounds = deps.sounds;
  }

  /** By the call, for each key pressed. */
  pressed(digit: string): void {
    if (this.#digits.length < MAX_WAITING_DIGITS) this.#digits.push(digit);
    this.#onDigit?.();
  }

  ring(): void {
    this.#deps.call.ring();
  }

  openEarlyMedia(): void {
    this.#deps.call.openEarlyMedia();
  }

  answer(): void {
    this.#deps.call.answer();
  }

  refuse(refusal: Refusal): void {
    this.#deps.call.refuse(refusal);
  }

  hangUp(): void {
    this.#deps.call.hangUp();
  }

  interrupt(): void {
    this.#deps.call.player?.interrupt();
  }

  wait(ms: number): Promise<void> {
    return this.#untilEnded((resolve) => this.#after(ms, resolve));
  }

  play(clip: Clip, options: PlayOptions = {}): Promise<void> {
    return this.#untilEnded((resolve) => {
      this.#deps.call.player?.play(clip, options).then(resolve);
      return undefined;
    });
  }

  nextDigit(timeoutMs: number): Promise<string | null> {
    return this.#untilEnded((resolve) => {
      const waiting = this.#digits.shift();
      if (waiting !== undefined) {
        resolve(waiting);
        return undefined;
      }
      this.#onDigit = () => resolve(this.#digits.shift() ?? null);
      const cancelTimeout = this.#after(timeoutMs, () => resolve(null));
      return () => {
        this.#onDigit = null;
        cancelTimeout();
      };
    });
  }

  #after(ms: number, callback: () => void): () => void {
    const timer = this.#deps.clock.setTimeout(callback, ms);
    return () => this.#deps.clock.clearTimeout(timer);
  }

  /** `begin` returns what is to be undone, whether its promise was kept or the call ended first. */
  #untilEnded<T>(begin: (resolve: (value: T) => void) => (() => void) | undefined): Promise<T> {
    const { ended } = this.#deps;
    return new Promise<T>((resolve, reject) => {
      if (ended.aborted) return reject(new CallEnded());
      let undo: (() => void) | undefined;
      const onEnded = () => {
        undo?.();
        reject(new CallEnded());
      };
      ended.addEventListener('abort', onEnded, { once: true });
      undo = begin((value) => {
        ended.removeEventListener('abort', onEnded);
        undo?.();
        resolve(value);
      });
    });
  }
}
