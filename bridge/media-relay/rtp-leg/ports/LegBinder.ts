import type { LegSettings } from '../LegConfig.ts';
import { LegThreadLink } from '../threads/LegThreadLink.ts';
import type { LegBinding, LegReport } from '../threads/legMessages.ts';
import { RtpLegHandle } from '../threads/RtpLegHandle.ts';

export type BindResult =
  | { readonly handle: RtpLegHandle }
  | { readonly handle: null; readonly code: string; readonly message: string };

export interface LegBinderDeps {
  readonly settings: LegSettings;
  readonly onFault: (fault: { legId: number | null; message: string }) => void;
  readonly onThreadLost: (fault: { reason: string; legs: number }) => void;
}

/**
 * One thread with the handles of its legs. When the thread dies, a new one binds the same ports and carries on with
 * the same configuration, so that calls get over it.
 */
export class LegBinder {
  readonly #deps: LegBinderDeps;
  readonly #handles = new Map<number, RtpLegHandle>();
  readonly #binding = new Map<number, (result: { loopbackPort: number } | { code: string; message: string }) => void>();
  #thread: LegThreadLink;
  #nextLegId = 1;
  #isClosed = false;

  constructor(deps: LegBinderDeps) {
    this.#deps = deps;
    this.#thread = this.#startThread();
  }

  get legCount(): number {
    return this.#handles.size;
  }

  async bind(wanted: LegBinding, onClosed: (handle: RtpLegHandle) => void): Promise<BindResult> {
    const legId = this.#nextLegId;
    this.#nextLegId += 1;
    const result = await this.#requestBind(legId, wanted);
    if (!('loopbackPort' in result)) return { handle: null, ...result };
    const handle = new RtpLegHandle({
      legId,
      thread: this.#thread,
      binding: { ...wanted, loopbackPort: result.loopbackPort },
      onClosed: () => {
        this.#handles.delete(legId);
        onClosed(handle);
      },
    });
    this.#handles.set(legId, handle);
    return { handle };
  }

  /** The legs that the thread itself says it has, spare ones included. */
  async countLegs(): Promise<number> {
    const response = await this.#thread.request({ type: 'count' });
    return response?.type === 'counted' ? response.legs : 0;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread.close();
    this.#failBinding('the pool is closed');
  }

  #requestBind(
    legId: number,
    binding: LegBinding,
  ): Promise<{ loopbackPort: number } | { code: string; message: string }> {
    return new Promise((resolve) => {
      this.#binding.set(legId, resolve);
      this.#thread.send({ type: 'bind', legId, binding });
    });
  }

  #startThread(): LegThreadLink {
    return new LegThreadLink({
      settings: this.#deps.settings,
      onReport: (report) => this.#receive(report),
      onLost: (reason) => void this.#replaceThread(reason),
    });
  }

  async #replaceThread(reason: string): Promise<void> {
    this.#deps.onThreadLost({ reason, legs: this.#handles.size });
    this.#failBinding('the thread of the RTP legs ended');
    if (this.#isClosed) return;
    this.#thread = this.#startThread();
    for (const [legId, handle] of this.#handles) {
      const result = await this.#requestBind(legId, handle.binding);
      if ('loopbackPort' in result) handle.moveTo(this.#thread);
      else this.#deps.onFault({ legId, message: result.message });
    }
  }

  #failBinding(message: string): void {
    for (const resolve of this.#binding.values()) resolve({ code: 'ECANCELED', message });
    this.#binding.clear();
  }

  #receive(report: Exclude<LegReport, { requestId: number }>): void {
    switch (report.type) {
      case 'bound':
      case 'bindFailed':
        this.#binding.get(report.legId)?.(report);
        this.#binding.delete(report.legId);
        return;
      case 'firstAudio':
      case 'audioStopped':
      case 'audioResumed':
        this.#handles.get(report.legId)?.emit(report.type, report.direction);
        return;
      case 'dtls':
        this.#handles.get(report.legId)?.emit('dtls', report.packet);
        return;
      case 'fault':
        this.#deps.onFault(report);
        return;
      default:
        report satisfies never;
    }
  }
}
