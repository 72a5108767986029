import type { Clip, Sounds } from '../audio/Sounds.ts';
import type { PlayOptions } from '../media/ClipPlayer.ts';

/** Why a call was refused or ended: a SIP status and a cause of ITU-T Q.850. */
export interface Refusal {
  readonly status: number;
  readonly q850: number;
  readonly text: string;
}

/** Thrown out of whatever a script waits for once its call is over. */
export class CallEnded extends Error {
  override readonly name = 'CallEnded';

  constructor() {
    super('the call has ended');
  }
}

/** What the script of a line can do with its call. What comes too late, after the end, does nothing. */
export interface CallControls {
  readonly sounds: Sounds;
  /** 180: the telephone rings. */
  ring(): void;
  /** 183 with SDP: what is played is heard before anybody answers. */
  openEarlyMedia(): void;
  /** 200. */
  answer(): void;
  /** A final failure, before an answer. */
  refuse(refusal: Refusal): void;
  /** BYE, after an answer. */
  hangUp(): void;
  /** Rejects with CallEnded when the call ends first; so do all others that wait. */
  wait(ms: number): Promise<void>;
  /** Resolves when it was played to its end or interrupted. */
  play(clip: Clip, options?: PlayOptions): Promise<void>;
  /** Takes away what plays interruptibly. */
  interrupt(): void;
  /** The next key that is pressed, or was and not taken yet; null when there was none for so long. */
  nextDigit(timeoutMs: number): Promise<string | null>;
}

/** How a number behaves. */
export interface DemoLine {
  /** `clips`: plays sounds (G.711); `echo`: any codec; null: never any audio. */
  readonly media: 'clips' | 'echo' | null;
  /** A call that is still up when the script is through is ended. */
  run(call: CallControls): Promise<void>;
}
