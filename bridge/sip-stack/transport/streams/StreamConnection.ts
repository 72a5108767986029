import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { SipTransport } from '../../port/index.ts';
import type { CancelTimer, TimerSet } from '../TimerSet.ts';
import { describeStreamError } from './describeStreamError.ts';
import { KeepAlive } from './KeepAlive.ts';
import { StreamFramer } from './StreamFramer.ts';

interface StreamConnectionEvents {
  opened: [];
  message: [Buffer];
  /** The stream can't be read on; the connection closes itself. `head` is what could be read of the message. */
  broken: [{ problem: string; head?: Buffer }];
  /** Last event, always emitted once. `wasOpen` is false for a connection that was never made. */
  closed: [{ reason: string; wasOpen: boolean }];
}

interface StreamConnectionDeps {
  readonly transport: Exclude<SipTransport, 'udp'>;
  readonly socket: Socket;
  /** We have made it and mean to keep it. */
  readonly isOurs: boolean;
  /** Whether it is open by now, TLS and all. */
  readonly isOpen: boolean;
  /** For connecting, for half messages and for silence. */
  readonly timers: TimerSet;
  readonly connectTimeoutMs: number;
  readonly idleMs: number;
}

/** How long the rest of a message may take once its first octet is there. */
const PARTIAL_MESSAGE_MS = 30_000;
/** Beyond this much unsent text the other side isn't reading; more would only fill our memory. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;

/** One TCP or TLS connection that carries SIP, ours or theirs. */
export class StreamConnection extends EventEmitter<StreamConnectionEvents> {
  readonly transport: Exclude<SipTransport, 'udp'>;
  readonly #deps: StreamConnectionDeps;
  readonly #framer = new StreamFramer();
  #isOpen: boolean;
  #isClosed = false;
  #isEnding = false;
  #reason = 'the connection was closed by the other side';
  #cancelDeadline: CancelTimer = () => {};
  #endProbation: CancelTimer = () => {};
  #alive: KeepAlive | null = null;
  #cancelPartial: CancelTimer | null = null;

  constructor(deps: StreamConnectionDeps) {
    super();
    this.setMaxListeners(0);
    this.#deps = deps;
    const { socket } = deps;
    this.transport = deps.transport;
    this.#isOpen = deps.isOpen;
    socket.setNoDelay(true);
    socket.once(deps.transport === 'tls' ? 'secureConnect' : 'connect', () => {
      this.#isOpen = true;
      this.#touch();
      if (deps.isOurs) this.#keepAlive();
      this.emit('opened');
    });
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#reason = describeStreamError(error);
    });
    socket.on('close', () => this.#closed());
    if (this.#isOpen) this.#touch();
    else this.#cancelDeadline = deps.timers.start(deps.connectTimeoutMs, () => this.close('connecting took too long'));
  }

  get isOpen(): boolean {
    return this.#isOpen && !this.#isClosed;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get localAddress(): string | undefined {
    return this.#deps.socket.localAddress;
  }

  /** A stranger's connection that nobody vouches for within this time is closed. Called before anything comes. */
  onProbation(ms: number): void {
    this.#endProbation = this.#deps.timers.start(ms, () => this.close('a stranger'));
  }

  /** Something came that was taken. */
  vouch(): void {
    this.#endProbation();
  }

  /** Queued by the socket until the connection is open. */
  send(text: string): void {
    if (this.#isClosed) return;
    if (this.#deps.socket.writableLength > MAX_UNSENT_BYTES) {
      this.close('the other side does not read');
      return;
    }
    this.#deps.socket.write(text);
    if (this.#isOpen) this.#touch();
  }

  close(reason: string): void {
    if (this.#isClosed) return;
    this.#reason = reason;
    this.#deps.socket.destroy();
    this.#closed();
  }

  /** Lets what was written go out first. */
  end(reason: string): void {
    this.#isEnding = true;
    this.#reason = reason;
    this.#deps.socket.end();
  }

  #read(chunk: Buffer): void {
    this.#alive?.heard();
    for (const frame of this.#framer.push(chunk)) {
      if (this.#isClosed || this.#isEnding) return;
      // A pong shows that it lives, not that anybody uses it.
      if (frame.kind === 'pong') this.#alive?.pong();
      else this.#touch();
      if (frame.kind === 'message') this.emit('message', frame.bytes);
      else if (frame.kind === 'ping') this.send('\r\n');
      else if (frame.kind === 'broken')
        this.emit('broken', { problem: frame.problem, ...(frame.head === undefined ? {} : { head: frame.head }) });
    }
    // The clock runs from the first octet of a half message, so that a trickle doesn't hold the connection for ever.
    if (this.#framer.pendingBytes === 0) {
      this.#cancelPartial?.();
      this.#cancelPartial = null;
    } else if (!this.#isClosed) {
      this.#cancelPartial ??= this.#deps.timers.start(PARTIAL_MESSAGE_MS, () => this.close('half a message'));
    }
  }

  #keepAlive(): void {
    this.#alive = new KeepAlive({
      timers: this.#deps.timers,
      ping: () => {
        this.#framer.expectPong();
        this.#deps.socket.write('\r\n\r\n');
      },
      onDead: () => this.close('the other side answers no more'),
    });
  }

  #touch(): void {
    this.#cancelDeadline();
    if (!this.#isClosed) this.#cancelDeadline = this.#deps.timers.start(this.#deps.idleMs, () => this.close('idle'));
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelDeadline();
    this.#cancelPartial?.();
    this.#endProbation();
    this.#alive?.stop();
    this.emit('closed', { reason: this.#reason, wasOpen: this.#isOpen });
  }
}
