import type { GatewaySockets } from '../ports/GatewayEnd.ts';
import { RtpLeg } from '../RtpLeg.ts';
import type { RtpLegDeps, RtpLegSockets } from '../RtpLegDeps.ts';
import { FramePacer } from '../sending/FramePacer.ts';
import type { LegBinding, LegCommand, LegReport } from './legMessages.ts';

/** How often the legs look after themselves. */
export const legTickMs = 250;

export interface LegThreadDeps extends Pick<RtpLegDeps, 'nowMs' | 'schedule' | 'randomInt' | 'settings'> {
  readonly report: (report: LegReport) => void;
  readonly bindSockets: (binding: LegBinding) => Promise<RtpLegSockets>;
  readonly bindGatewaySockets: (binding: Pick<LegBinding, 'address' | 'rtpPort'>) => Promise<GatewaySockets>;
}

/** The legs of one thread, by the pool's commands. A fault of one leg is reported and harms no other. */
export class LegThread {
  readonly #deps: LegThreadDeps;
  readonly #legs = new Map<number, RtpLeg>();
  readonly #pacer: FramePacer;

  constructor(deps: LegThreadDeps) {
    this.#deps = deps;
    this.#pacer = new FramePacer(deps);
  }

  handle(command: LegCommand): void {
    const { report } = this.#deps;
    switch (command.type) {
      case 'bind':
        void this.#bind(command.legId, command.binding);
        return;
      case 'configure':
        this.#guard(command.legId, () => this.#legs.get(command.legId)?.configure(command.config));
        return;
      case 'move':
        void this.#move(command);
        return;
      case 'dtls':
        this.#guard(command.legId, () => this.#legs.get(command.legId)?.sendDtls(Buffer.from(command.packet)));
        return;
      case 'dtmf': {
        const done = (isSent: boolean): void => report({ type: 'dtmfDone', requestId: command.requestId, isSent });
        const leg = this.#legs.get(command.legId);
        if (leg === undefined) done(false);
        else this.#guard(command.legId, () => leg.sendDtmf(command.tones, done));
        return;
      }
      case 'statistics': {
        const statistics = this.#legs.get(command.legId)?.statistics() ?? null;
        report({ type: 'statistics', requestId: command.requestId, statistics });
        return;
      }
      case 'close':
        this.#guard(command.legId, () => this.#legs.get(command.legId)?.close());
        this.#legs.delete(command.legId);
        report({ type: 'closed', requestId: command.requestId });
        return;
      case 'count':
        report({ type: 'counted', requestId: command.requestId, legs: this.#legs.size });
        return;
      default:
        command satisfies never;
    }
  }

  /** Call it every {@link legTickMs}. */
  tick(): void {
    for (const [legId, leg] of this.#legs) this.#guard(legId, () => leg.tick(legTickMs));
  }

  async #bind(legId: number, binding: LegBinding): Promise<void> {
    const { report, nowMs, schedule, randomInt, settings } = this.#deps;
    try {
      const sockets = await this.#deps.bindSockets(binding);
      const leg = new RtpLeg({
        sockets,
        nowMs,
        schedule,
        randomInt,
        settings,
        pacer: { add: (task) => this.#pacer.add((dueMs) => this.#guard(legId, () => task(dueMs))) },
        mediasoupSsrc: binding.mediasoupSsrc,
        cname: binding.cname,
        onDtls: (packet) => report({ type: 'dtls', legId, packet: Uint8Array.from(packet) }),
        onFirstAudio: (direction) => report({ type: 'firstAudio', legId, direction }),
        onAudioStopped: (direction) => report({ type: 'audioStopped', legId, direction }),
        onAudioResumed: (direction) => report({ type: 'audioResumed', legId, direction }),
      });
      this.#legs.set(legId, leg);
      report({ type: 'bound', legId, loopbackPort: sockets.mediasoup.address().port });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      report({ type: 'bindFailed', legId, code, message: String(error) });
    }
  }

  async #move(command: Extract<LegCommand, { type: 'move' }>): Promise<void> {
    const { legId, requestId } = command;
    let problem: string | null = null;
    try {
      const sockets = await this.#deps.bindGatewaySockets(command);
      const leg = this.#legs.get(legId);
      if (leg === undefined) {
        problem = 'the leg was closed';
        sockets.rtp.close();
        sockets.rtcp.close();
      }
      leg?.moveTo(sockets);
    } catch (error) {
      problem = String(error);
    }
    this.#deps.report({ type: 'moved', requestId, problem });
  }

  #guard(legId: number, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#deps.report({ type: 'fault', legId, message: String(error) });
    }
  }
}
