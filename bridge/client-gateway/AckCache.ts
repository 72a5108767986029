import { hash } from 'node:crypto';
import { DialbridgeError } from '../../shared/errors/index.ts';
import type { Clock, Timer } from '../observability/index.ts';

export interface AckCacheDeps {
  readonly clock: Clock;
  /** How long an ack is kept after it was made, in milliseconds. Default 5 minutes. */
  readonly ttlMs?: number;
  /** Acks kept per device; the oldest goes first. Default 500. */
  readonly maxPerDevice?: number;
}

/** What is told of a failure, and no more of it: an error holds by its stack what its methods were called on, which is a whole call. */
type Refusal = Pick<DialbridgeError, 'code' | 'details' | 'retryAfterMs'>;

interface Kept {
  /** Of name and payload: the same id with another content is a mistake of the client. */
  readonly fingerprint: string;
  ack: Promise<unknown> | { readonly data: unknown } | { readonly refusal: Refusal };
  /** Infinity while the request runs. */
  forgetAtMs: number;
}

/**
 * Makes requests idempotent: the same message id of the same device runs once, however often it comes, also over another
 * connection, and gets the same outcome, good or bad.
 */
export class AckCache {
  readonly #deps: Required<AckCacheDeps>;
  readonly #devices = new Map<string, Map<string, Kept>>();
  #sweepTimer: Timer | undefined;

  constructor(deps: AckCacheDeps) {
    this.#deps = { ttlMs: 300_000, maxPerDevice: 500, ...deps };
  }

  /**
   * Runs `work` unless this id was seen before. Rejects with what `work` rejected with.
   * @throws DialbridgeError `conflict` when the id came with another content, `tooManyAttempts` when too many run at once
   */
  run<Data>(
    request: { device: string; messageId: string; content: unknown },
    work: () => Promise<Data>,
  ): Promise<Data> {
    const { device, messageId } = request;
    const kept = this.#devices.get(device) ?? new Map<string, Kept>();
    const fingerprint = hash('sha256', JSON.stringify(request.content), 'base64');
    const seen = kept.get(messageId);
    if (seen && seen.forgetAtMs > this.#deps.clock.now()) {
      if (seen.fingerprint !== fingerprint) throw new DialbridgeError('conflict');
      return repeated(seen.ack) as Promise<Data>;
    }
    this.#makeRoom(kept);
    // Begins at once; what it throws at once is kept like any other outcome.
    const ack = (async () => work())();
    const entry: Kept = { fingerprint, ack, forgetAtMs: Number.POSITIVE_INFINITY };
    kept.set(messageId, entry);
    this.#devices.set(device, kept);
    const settled = (outcome: Kept['ack']) => {
      entry.ack = outcome;
      entry.forgetAtMs = this.#deps.clock.now() + this.#deps.ttlMs;
    };
    ack.then(
      (data) => settled({ data }),
      (error: unknown) => settled({ refusal: refusalOf(error) }),
    );
    this.#scheduleSweep();
    return ack;
  }

  /** Acks that are kept now. */
  get size(): number {
    return [...this.#devices.values()].reduce((sum, kept) => sum + kept.size, 0);
  }

  close(): void {
    this.#deps.clock.clearTimeout(this.#sweepTimer);
    this.#devices.clear();
  }

  #makeRoom(kept: Map<string, Kept>): void {
    if (kept.size < this.#deps.maxPerDevice) return;
    for (const [messageId, { forgetAtMs }] of kept) {
      if (forgetAtMs === Number.POSITIVE_INFINITY) continue;
      kept.delete(messageId);
      return;
    }
    throw new DialbridgeError('tooManyAttempts', { retryAfterMs: 1000 });
  }

  #scheduleSweep(): void {
    if (this.#sweepTimer !== undefined) return;
    this.#sweepTimer = this.#deps.clock.setTimeout(() => {
      this.#sweepTimer = undefined;
      this.#sweep();
      if (this.#devices.size > 0) this.#scheduleSweep();
    }, this.#deps.ttlMs / 5);
    this.#sweepTimer.unref();
  }

  #sweep(): void {
    const now = this.#deps.clock.now();
    for (const [device, kept] of this.#devices) {
      for (const [messageId, { forgetAtMs }] of kept) if (forgetAtMs <= now) kept.delete(messageId);
      if (kept.size === 0) this.#devices.delete(device);
    }
  }
}

async function repeated(ack: Kept['ack']): Promise<unknown> {
  if (ack instanceof Promise) return ack;
  if ('data' in ack) return ack.data;
  const { code, details, retryAfterMs } = ack.refusal;
  throw new DialbridgeError(code, { details, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof DialbridgeError)) return { code: 'internal', details: {}, retryAfterMs: undefined };
  const { code, details, retryAfterMs } = error;
  return { code, details, retryAfterMs };
}
