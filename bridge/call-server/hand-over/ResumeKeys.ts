import { createHash } from 'node:crypto';
import type { CallId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Clock } from '../../observability/index.ts';

export interface ResumeKeysDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly randomBytes: (size: number) => Uint8Array;
}

/** How long the key of a link or QR code is good for, in milliseconds. */
const furtherKeyMs = 120_000;

/** Of the keys themselves only the hashes are kept: SHA-256 is enough for 128 random bits. */
interface KeysOfCall {
  /** Of the key that the device of the call has. */
  readonly standing: string | null;
  /** Of the one that another device may come with. */
  readonly further: { readonly hash: string; readonly expiresAtMs: number } | null;
}

const none: KeysOfCall = { standing: null, further: null };

/**
 * The keys by which a running call can be taken over, each once. They belong to the process that has the call. Whose call it is
 * is for others to look at.
 */
export class ResumeKeys {
  readonly #deps: ResumeKeysDeps;
  readonly #calls = new Map<CallId, KeysOfCall>();

  constructor(deps: ResumeKeysDeps) {
    this.#deps = deps;
  }

  /** For the device that has the call; the one of before is worth nothing any more. */
  issue(callId: CallId): string {
    const key = this.#newKey();
    this.#calls.set(callId, { ...this.#of(callId), standing: hashOf(key) });
    return key;
  }

  /** One more, for two minutes; it takes the place of an earlier one. */
  issueFurther(callId: CallId): { resumeKey: string; expiresAtMs: number } {
    const resumeKey = this.#newKey();
    const expiresAtMs = this.#deps.clock.now() + furtherKeyMs;
    this.#calls.set(callId, { ...this.#of(callId), further: { hash: hashOf(resumeKey), expiresAtMs } });
    return { resumeKey, expiresAtMs };
  }

  /**
   * From now on none of the call's keys is good. Returns what takes that back, unless keys were issued meanwhile: for whoever
   * then couldn't take the call.
   * @throws DialbridgeError `resumeKeyInvalid`; nothing has changed then
   */
  use(callId: CallId, key: string): () => void {
    const keys = this.#of(callId);
    if (!this.#fits(keys, hashOf(key))) throw new DialbridgeError('resumeKeyInvalid');
    this.#calls.delete(callId);
    return () => {
      if (!this.#calls.has(callId)) this.#calls.set(callId, keys);
    };
  }

  /** The call is at another device now, or has ended. Idempotent. */
  forget(callId: CallId): void {
    this.#calls.delete(callId);
  }

  /** Calls that have keys; zero when none is up. */
  get size(): number {
    return this.#calls.size;
  }

  #of(callId: CallId): KeysOfCall {
    return this.#calls.get(callId) ?? none;
  }

  #fits({ standing, further }: KeysOfCall, hash: string): boolean {
    if (hash === standing) return true;
    return further !== null && hash === further.hash && this.#deps.clock.now() < further.expiresAtMs;
  }

  #newKey(): string {
    return Buffer.from(this.#deps.randomBytes(16)).toString('base64url');
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
