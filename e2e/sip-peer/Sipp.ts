import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeALaw, encodeMuLaw, makeTone } from './audio/index.ts';
import { freePort } from './freePort.ts';
import { PeerProcess } from './PeerProcess.ts';
import type { Scenario } from './scenarios/index.ts';
import { parseSippTrace, type TracedMessage } from './sippTrace.ts';
import { systemSockets } from './systemSockets.ts';
import { waitUntil } from './waitUntil.ts';

export interface SippOptions {
  readonly scenario: Scenario;
  readonly transport?: 'udp' | 'tcp';
  readonly port?: number;
  /** Where it listens; `127.0.0.1` when absent. */
  readonly address?: string;
  /** The port in Contact, where something stands between SIPp and the bridge. */
  readonly contactPort?: number;
  /** What scenarios that play a tone play. */
  readonly toneHz?: number;
  /** Of scenarios that play another one after that. */
  readonly otherToneHz?: number;
}

/** A gateway that behaves as its scenario says, for any number of calls: SIPp (https://sipp.sourceforge.net). */
export class Sipp {
  readonly port: number;
  readonly #process: PeerProcess;
  readonly #folder: string;

  private constructor(parts: { port: number; process: PeerProcess; folder: string }) {
    this.port = parts.port;
    this.#process = parts.process;
    this.#folder = parts.folder;
  }

  /** Resolves when its port is open. */
  static async start(options: SippOptions): Promise<Sipp> {
    const { scenario, transport = 'udp', address = '127.0.0.1', toneHz = 1000 } = options;
    const folder = await mkdtemp(join(tmpdir(), 'dialbridge-sipp-'));
    await writeFile(join(folder, 'tone.ul'), encodeMuLaw(toneOf(toneHz)));
    await writeFile(join(folder, 'tone.al'), encodeALaw(toneOf(toneHz)));
    await writeFile(join(folder, 'other.ul'), encodeMuLaw(toneOf(options.otherToneHz ?? toneHz)));
    await writeFile(join(folder, 'scenario.xml'), scenario.xml);
    const port = options.port ?? (await freePort());
    const args = [
      ...['-t', transport === 'udp' ? 'u1' : 't1', '-i', address, '-p', `${port}`],
      ...['-mi', address, '-mp', `${await freePort(4)}`],
      ...['-sf', join(folder, 'scenario.xml'), '-key', 'contact_port', `${options.contactPort ?? port}`],
      ...['-trace_msg', '-message_file', join(folder, 'messages'), '-trace_err', '-error_file', join(folder, 'errors')],
      '-nostdin',
    ];
    const process = await PeerProcess.start({ command: 'sipp', args, cwd: folder });
    const sipp = new Sipp({ port, process, folder });
    try {
      await waitUntil(`SIPp to open port ${port}`, async () => {
        if (!process.isRunning)
          throw new Error(`SIPp ended: ${await readText(join(folder, 'errors'))}\n${process.log()}`);
        return (await systemSockets()).some((socket) => socket.protocol === transport && socket.port === port);
      });
    } catch (error) {
      await sipp.close();
      throw error;
    }
    return sipp;
  }

  /** What it sent and received so far. */
  async messages(): Promise<TracedMessage[]> {
    return parseSippTrace(await readText(join(this.#folder, 'messages')));
  }

  /** The first message that `isIt` accepts. */
  waitForMessage(what: string, isIt: (message: TracedMessage) => boolean, timeoutMs?: number): Promise<TracedMessage> {
    return waitUntil(what, async () => (await this.messages()).find(isIt), timeoutMs);
  }

  /** INVITEs that it got, by their request URIs; a repeated one is the same. */
  async invites(): Promise<string[]> {
    const byBranch = new Map<string, string>();
    for (const { direction, startLine, text } of await this.messages()) {
      if (direction !== 'received' || !startLine.startsWith('INVITE ')) continue;
      byBranch.set(/branch=([^;\s]+)/.exec(text)?.[1] ?? text, startLine.split(' ')[1] ?? '');
    }
    return [...byBranch.values()];
  }

  waitForRequest(method: string, timeoutMs?: number): Promise<TracedMessage> {
    const isIt = ({ direction, startLine }: TracedMessage) =>
      direction === 'received' && startLine.startsWith(`${method} `);
    return this.waitForMessage(`SIPp to receive ${method}`, isIt, timeoutMs);
  }

  /** What came against its scenario, in its words; empty when all went by the book. */
  async complaints(): Promise<string> {
    const events = (await readText(join(this.#folder, 'errors'))).split(/^(?=\d{4}-\d\d-\d\d\t)/m).slice(1);
    // A busy machine is no fault of the bridge.
    return events.filter((event) => !event.includes('Overload warning')).join('');
  }

  log(): Promise<string> {
    return readText(join(this.#folder, 'messages'));
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.#process.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const toneOf = (frequencyHz: number) => makeTone({ frequencyHz, seconds: 4, sampleRate: 8000 }).samples;

/** Empty for a file that SIPp hasn't made (yet): it makes each with its first line. */
async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
