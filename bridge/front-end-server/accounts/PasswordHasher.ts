import { hash, parseOptions, verify } from '@node-rs/argon2';
import { DialbridgeError } from '../../../shared/errors/index.ts';

/** OWASP Password Storage Cheat Sheet: argon2id (the library's default algorithm), 19 MiB, 2 passes, 1 lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export interface PasswordHasherDeps {
  /** Hashes computed at once; the others wait. The thread pool of the process has four threads and other work. Default 2. */
  readonly concurrency?: number;
  /** Hashes that may wait; beyond that, `tooManyAttempts`. Default 100. */
  readonly maxWaiting?: number;
}

/** Hashes and checks passwords by argon2id (RFC 9106), off the event loop, a bounded number at once. */
export class PasswordHasher {
  readonly #concurrency: number;
  readonly #maxWaiting: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  #decoy = '';

  static async create(deps: PasswordHasherDeps = {}): Promise<PasswordHasher> {
    const hasher = new PasswordHasher(deps);
    hasher.#decoy = await hasher.hash('a password that nobody has');
    return hasher;
  }

  private constructor(deps: PasswordHasherDeps) {
    this.#concurrency = deps.concurrency ?? 2;
    this.#maxWaiting = deps.maxWaiting ?? 100;
  }

  /** Resolves with a PHC string (`$argon2id$v=19$…`). */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(prepare(password), parameters));
  }

  /** Without a hash (no such user) the same work is done in vain, so that the time tells nothing. */
  async verify(passwordHash: string | undefined, password: string): Promise<boolean> {
    const isRight = await this.#inTurn(() => verify(passwordHash ?? this.#decoy, prepare(password)));
    return isRight && passwordHash !== undefined;
  }

  /** Whether a hash was made with other parameters than today's. */
  isOutdated(passwordHash: string): boolean {
    const made = parseOptions(passwordHash);
    return (
      !passwordHash.startsWith('$argon2id$') ||
      made.memoryCost !== parameters.memoryCost ||
      made.timeCost !== parameters.timeCost
    );
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#concurrency) {
      if (this.#waiting.length >= this.#maxWaiting)
        throw new DialbridgeError('tooManyAttempts', { retryAfterMs: 2000 });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      // The turn is handed on, so the count stays; without a heir it is given back.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}

/** RFC 8265 section 4.2 (OpaqueString): the same password typed on another keyboard has the same bytes. */
function prepare(password: string): string {
  return password.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}
