import { EventEmitter } from 'node:events';
import { emptyLegConfig, type LegConfig, type LegStatistics } from '../LegConfig.ts';
import type { LegDirection } from '../RtpLegDeps.ts';
import type { DtmfTones } from '../sending/DtmfSender.ts';
import type { LegThreadLink } from './LegThreadLink.ts';
import type { LegBinding } from './legMessages.ts';

export interface RtpLegHandleEvents {
  /** The first packet of a direction was sent on. */
  firstAudio: [LegDirection];
  /** Nothing comes on that way, though it should. */
  audioStopped: [LegDirection];
  /** It comes again. */
  audioResumed: [LegDirection];
  /** The gateway sent a packet of DTLS. */
  dtls: [packet: Uint8Array];
}

export interface RtpLegHandleDeps {
  readonly legId: number;
  readonly thread: LegThreadLink;
  /** `loopbackPort` is the bound one. */
  readonly binding: LegBinding;
  readonly onClosed: (handle: RtpLegHandle) => void;
}

/** A call's RTP leg, which runs in a thread of the pool. Its ports are bound for as long as it is open. */
export class RtpLegHandle extends EventEmitter<RtpLegHandleEvents> {
  readonly legId: number;
  readonly #onClosed: (handle: RtpLegHandle) => void;
  #thread: LegThreadLink;
  #binding: LegBinding;
  #config: LegConfig = emptyLegConfig;
  #closing: Promise<void> | null = null;

  constructor(deps: RtpLegHandleDeps) {
    super();
    this.legId = deps.legId;
    this.#binding = deps.binding;
    this.#thread = deps.thread;
    this.#onClosed = deps.onClosed;
  }

  get binding(): LegBinding {
    return this.#binding;
  }

  get config(): LegConfig {
    return this.#config;
  }

  /** Takes over what is given and keeps the rest. */
  configure(change: Partial<LegConfig>): void {
    this.#config = { ...this.#config, ...change };
    this.#thread.send({ type: 'configure', legId: this.legId, config: this.#config });
  }

  sendDtls(packet: Uint8Array): void {
    this.#thread.send({ type: 'dtls', legId: this.legId, packet });
  }

  /** Resolves after the last tone; with false when the leg takes no events (now) or was closed before. */
  async sendDtmf(tones: DtmfTones): Promise<boolean> {
    const response = await this.#thread.request({ type: 'dtmf', legId: this.legId, tones });
    return response?.type === 'dtmfDone' && response.isSent;
  }

  /** null when the leg is gone. */
  async statistics(): Promise<LegStatistics | null> {
    const response = await this.#thread.request({ type: 'statistics', legId: this.legId });
    return response?.type === 'statistics' ? response.statistics : null;
  }

  /** Binds other ports towards the gateway and frees the present ones; false when they can't be had. */
  async rebind(address: string, rtpPort: number): Promise<boolean> {
    const response = await this.#thread.request({ type: 'move', legId: this.legId, address, rtpPort });
    if (response?.type !== 'moved' || response.problem !== null) return false;
    this.#binding = { ...this.#binding, address, rtpPort };
    return true;
  }

  /** The pool has bound the same ports in another thread. */
  moveTo(thread: LegThreadLink): void {
    this.#thread = thread;
    this.configure({});
  }

  /** Resolves when the ports are free. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#thread.request({ type: 'close', legId: this.legId });
    this.removeAllListeners();
    this.#onClosed(this);
  }
}
