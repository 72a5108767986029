import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SipTransport } from '../../port/index.ts';
import { freePort, isBound } from './ports.ts';

/** Whether SIPp (Debian: sip-tester) is installed; tests against it are skipped, and say so, where it isn't. */
export const HAS_SIPP = spawnSync('sipp', ['-v']).error === undefined;

const SDP = `<![CDATA[
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      c=IN IP4 127.0.0.1
      t=0 0
      m=audio 6000 RTP/AVP 0

    ]]>`;

/** A response that copies what it must from the last request; `sdp` adds a body. */
export function send(status: string, options: { sdp?: boolean; headers?: string; retrans?: boolean } = {}): string {
  const body = options.sdp === true ? SDP.slice(9, -6) : '';
  return `<send${options.retrans === true ? ' retrans="500"' : ''}><![CDATA[
      SIP/2.0 ${status}
      [last_Via:]
      [last_From:]
      [last_To:];tag=sipp[call_number]
      [last_Call-ID:]
      [last_CSeq:]
      Contact: <sip:gw@[local_ip]:[local_port];transport=[transport]>
      ${options.headers === undefined ? '' : `${options.headers}\n      `}${options.sdp === true ? 'Content-Type: application/sdp\n      ' : ''}Content-Length: [len]

${body}    ]]></send>`;
}

export function recv(method: string, options: { action?: string; optional?: boolean } = {}): string {
  const attributes = `request="${method}"${options.optional === true ? ' optional="true"' : ''}`;
  return options.action === undefined
    ? `<recv ${attributes}/>`
    : `<recv ${attributes}><action>${options.action}</action></recv>`;
}

/** Answer to a BYE: inside the dialog the To has its tag already. */
export const OK_TO_BYE = `<send><![CDATA[
      SIP/2.0 200 OK
      [last_Via:]
      [last_From:]
      [last_To:]
      [last_Call-ID:]
      [last_CSeq:]
      Content-Length: 0

    ]]></send>`;

/** A request of SIPp as caller; `sdp` adds an offer, `authentication` a line that SIPp makes itself. */
export function request(
  method: string,
  options: { sdp?: boolean; headers?: string; isInDialog?: boolean; cseq?: number; branch?: string } = {},
): string {
  const { sdp = false, headers, isInDialog = false, cseq = 1, branch = '[branch]' } = options;
  const [uri, to] = isInDialog
    ? ['[next_url]', '[peer_tag_param]']
    : ['sip:+12025550199@[remote_ip]:[remote_port]', ''];
  const repeats = method === 'ACK' ? '' : ' retrans="500"';
  return `<send${repeats}><![CDATA[
      ${method} ${uri} SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${branch}
      From: "Bob" <sip:+12025550100@[local_ip]>;tag=sipp[call_number]
      To: <sip:+12025550199@[remote_ip]>${to}
      Call-ID: [call_id]
      CSeq: ${cseq} ${method}
      Max-Forwards: 70
      Contact: <sip:gw@[local_ip]:[local_port];transport=[transport]>
      ${isInDialog ? '[routes]\n      ' : ''}${headers === undefined ? '' : `${headers}\n      `}${sdp ? 'Content-Type: application/sdp\n      ' : ''}Content-Length: [len]

${sdp ? SDP.slice(9, -6) : ''}    ]]></send>`;
}

/** A response that the caller waits for. */
export function expectResponse(status: number, options: { isOptional?: boolean; attributes?: string } = {}): string {
  return `<recv response="${status}"${options.isOptional === true ? ' optional="true"' : ''} ${options.attributes ?? ''}/>`;
}

interface SippOptions {
  readonly transport: SipTransport;
  /** Of whom it calls; absent: it waits to be called. */
  readonly remotePort?: number;
  /** Absent: any that is free. */
  readonly port?: number;
  readonly steps: readonly string[];
  readonly calls?: number;
  readonly more?: readonly string[];
}

/** One SIPp as gateway on loopback. */
export class Sipp {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #exited: Promise<number | null>;

  private constructor(process: ChildProcess, folder: string, port: number) {
    this.#process = process;
    this.#folder = folder;
    this.port = port;
    this.#exited = once(process, 'exit').then(([code]) => code as number | null);
  }

  static async start(options: SippOptions): Promise<Sipp> {
    const folder = await mkdtemp(join(tmpdir(), 'sipp-'));
    const scenario = join(folder, 'scenario.xml');
    await writeFile(
      scenario,
      `<?xml version="1.0"?>\n<scenario name="gateway">\n${options.steps.join('\n')}\n</scenario>\n`,
    );
    const port = options.port ?? (await freePort());
    const child = spawn(
      'sipp',
      [
        ...['-sf', scenario, '-t', options.transport === 'udp' ? 'u1' : 't1', '-i', '127.0.0.1', '-p', String(port)],
        ...['-m', String(options.calls ?? 1), '-nostdin', '-trace_err', '-error_file', join(folder, 'errors.log')],
        ...(options.more ?? []),
        ...(options.remotePort === undefined ? [] : [`127.0.0.1:${options.remotePort}`]),
      ],
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child.stderr?.resume();
    child.stdout?.resume();
    // A caller may be through with its call before anybody has looked.
    if (options.remotePort === undefined) await isBound(options.transport, port);
    return new Sipp(child, folder, port);
  }

  /** Resolves when every call went as the scenario says; rejects with what SIPp wrote otherwise. */
  async succeeded(): Promise<void> {
    const code = await this.#exited;
    if (code === 0) return;
    const errors = await readFile(join(this.#folder, 'errors.log'), 'utf8').catch(() => '');
    throw new Error(`SIPp ended with ${code}: ${errors.slice(0, 2000)}`);
  }

  async close(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exited;
    await rm(this.#folder, { recursive: true, force: true });
  }
}
