import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HeardTone, readWav, strongestTone } from './audio/index.ts';
import { type BaresipSetUp, writeBaresipConfig } from './baresipConfig.ts';
import { freePort } from './freePort.ts';
import { NetstringControl } from './NetstringControl.ts';
import { PeerProcess } from './PeerProcess.ts';

export type BaresipOptions = Omit<BaresipSetUp, 'port' | 'controlPort'> & { readonly port?: number };

/** Its event: it prints nothing of the end of a call that lasted less than a second and that it ended itself. */
const closed = /^event CALL_CLOSED/;

/** A telephone (https://github.com/baresip/baresip) in a process of its own, seen by what it prints and records. */
export class Baresip {
  readonly port: number;
  readonly #process: PeerProcess;
  readonly #control: NetstringControl;
  readonly #folder: string;

  private constructor(parts: { port: number; process: PeerProcess; control: NetstringControl; folder: string }) {
    this.port = parts.port;
    this.#process = parts.process;
    this.#control = parts.control;
    this.#folder = parts.folder;
  }

  /** Resolves when it is ready for calls. */
  static async start(options: BaresipOptions): Promise<Baresip> {
    const folder = await mkdtemp(join(tmpdir(), 'dialbridge-baresip-'));
    const port = options.port ?? (await freePort(2));
    const controlPort = await freePort();
    await writeBaresipConfig(folder, { ...options, port, controlPort });
    // Line by line, as on a terminal: into a pipe it would come in blocks.
    const process = await PeerProcess.start({ command: 'stdbuf', args: ['-oL', 'baresip', '-f', folder] });
    try {
      await process.waitForLine(/^baresip is ready/);
      const control = await NetstringControl.create(controlPort, ({ type, param }) =>
        process.note(`event ${type}: ${param}`),
      );
      return new Baresip({ port, process, control, folder });
    } catch (error) {
      await process.close();
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Marks a place in what it prints: later questions can ask for what came after it. */
  mark(): number {
    return this.#process.lines.length;
  }

  async waitForIncomingCall(from = 0): Promise<void> {
    await this.#process.waitForLine(/Incoming call from|answering call/i, { from });
  }

  async waitForEstablished(from = 0): Promise<void> {
    await this.#process.waitForLine(/Call established/, { from });
  }

  /** The call is over, whoever ended it. Resolves with its words for it. */
  async waitForClosed(from = 0): Promise<string> {
    const [line] = await this.#process.waitForLine(closed, { from });
    return line;
  }

  /** Whether a call has ended since then. */
  hasClosed(from: number): boolean {
    return this.#process.lines.slice(from).some((line) => closed.test(line));
  }

  /** The call that it placed was refused with this status. */
  async waitForRefusal(status: number, from = 0): Promise<void> {
    await this.#process.waitForLine(new RegExp(`session closed: ${status} `), { from });
  }

  /** Digits that came as RFC 4733 events, in order, and those that came as SIP INFO. */
  digits(from = 0): { asEvents: string; asInfo: string } {
    const all = (pattern: RegExp) =>
      this.#process.lines
        .slice(from)
        .map((line) => pattern.exec(line)?.[1] ?? '')
        .join('');
    return { asEvents: all(/received event: '(.)' \(end=1\)/), asInfo: all(/received DTMF: '(.)'/) };
  }

  /** The tone that it hears now (in the last half second of its recording); null for silence or no call. */
  async hears(): Promise<HeardTone | null> {
    const recording = this.#process.lines.findLast((line) => line.includes('dumping decode audio to'));
    const path = recording?.split('dumping decode audio to ')[1];
    return path ? strongestTone(await readWav(path.trim())) : null;
  }

  /** What comes to it now, in bits per second: its recording doesn't go on after a hold. */
  receivedBitrate(): number {
    return Number([...this.log().matchAll(/audio=\d+\/(\d+) \(bit\/s\)/g)].at(-1)?.[1] ?? 0);
  }

  dial(uri: string): void {
    this.#control.send('dial', uri);
  }

  answer(): void {
    this.#control.send('accept');
  }

  hangUp(): void {
    this.#control.send('hangup');
  }

  /** Asks the other side not to send (a re-INVITE, RFC 3264 section 8.4). */
  hold(): void {
    this.#control.send('hold');
  }

  resume(): void {
    this.#control.send('resume');
  }

  /** Asks the other side to call somebody else instead (REFER, RFC 3515). */
  refer(uri: string): void {
    this.#control.send('transfer', uri);
  }

  /** Sends one digit to the other side. */
  press(digit: string): void {
    this.#control.send('sndcode', digit);
  }

  /** It says and hears nothing any more, until it is closed. */
  freeze(): void {
    this.#process.kill('SIGSTOP');
  }

  log(): string {
    return this.#process.log();
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#control.close();
    await this.#process.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
