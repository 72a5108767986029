import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

export interface PeerProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A program that a test started: its lines of output, and its end. */
export class PeerProcess {
  readonly pid: number;
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #onLine = new Set<() => void>();
  #exitCode: number | NodeJS.Signals | null = null;

  private constructor(child: ChildProcess, pid: number, name: string) {
    this.#child = child;
    this.pid = pid;
    this.#name = name;
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => this.note(line));
    }
    // 'close' rather than 'exit': the last lines have been read by then.
    child.once('close', (code, signal) => {
      this.#exitCode = signal ?? code ?? 0;
      this.#wake();
    });
  }

  static async start(options: PeerProcessOptions): Promise<PeerProcess> {
    const child = spawn(options.command, options.args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      ...(options.env !== undefined && { env: options.env }),
    });
    await once(child, 'spawn');
    if (child.pid === undefined) throw new Error(`${options.command} has no process id`);
    return new PeerProcess(child, child.pid, options.command);
  }

  get isRunning(): boolean {
    return this.#exitCode === null;
  }

  /** Takes what the program said in another way for a line of its output. */
  note(line: string): void {
    this.lines.push(line);
    this.#wake();
  }

  /** The first line from index `from` on that matches. Rejects when the process ends, or after `timeoutMs`. */
  async waitForLine(pattern: RegExp, { from = 0, timeoutMs = 15_000 } = {}): Promise<RegExpExecArray> {
    const found = await this.#waitFor(() => this.#find(pattern, from), timeoutMs);
    if (found) return found;
    throw new Error(`${this.#name} did not print ${pattern}; it printed:\n${this.log()}`);
  }

  /** Exit code, or the signal that ended it. Rejects after `timeoutMs`. */
  async waitForExit(timeoutMs = 15_000): Promise<number | NodeJS.Signals> {
    await this.#waitFor(() => this.#exitCode, timeoutMs);
    if (this.#exitCode === null) throw new Error(`${this.#name} did not end; it printed:\n${this.log()}`);
    return this.#exitCode;
  }

  kill(signal: NodeJS.Signals): void {
    if (this.isRunning) this.#child.kill(signal);
  }

  /** Ends it at once; peers have nothing to tidy up. Idempotent. */
  async close(): Promise<void> {
    this.kill('SIGKILL');
    await this.waitForExit();
  }

  log(): string {
    return this.lines.join('\n');
  }

  #find(pattern: RegExp, from: number): RegExpExecArray | null {
    for (const line of this.lines.slice(from)) {
      const match = pattern.exec(line);
      if (match) return match;
    }
    return null;
  }

  /** Asks `question` anew with each line and at the end of the process, until it answers or time is up. */
  async #waitFor<T>(question: () => T | null, timeoutMs: number): Promise<T | null> {
    const timeUp = new AbortController();
    const deadline = delay(timeoutMs, undefined, { signal: timeUp.signal }).catch(() => undefined);
    let isTimeUp = false;
    void deadline.then(() => {
      isTimeUp = true;
      this.#wake();
    });
    try {
      for (;;) {
        const answer = question();
        if (answer !== null || isTimeUp || !this.isRunning) return answer;
        await new Promise<void>((resolve) => {
          const listener = () => {
            this.#onLine.delete(listener);
            resolve();
          };
          this.#onLine.add(listener);
        });
      }
    } finally {
      timeUp.abort();
    }
  }

  #wake(): void {
    for (const listener of [...this.#onLine]) listener();
  }
}
