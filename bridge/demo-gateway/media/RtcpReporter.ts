import type { Clock, Timer } from '../../observability/index.ts';
import { ReceptionStatistics } from './ReceptionStatistics.ts';
import { parseSenderReport, serializeRtcp } from './rtcp.ts';
import { SentStatistics } from './SentStatistics.ts';

/** Mean time between two reports (RFC 3550 section 6.2), each varied by half so that they don't fall together. */
const INTERVAL_MS = 5000;

export interface RtcpReporterDeps {
  readonly clock: Clock;
  /** Milliseconds since 1970, for NTP times. */
  readonly wallClockMs: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
  readonly send: (datagram: Uint8Array) => void;
}

/** Counts what goes and comes in one session and reports it every five seconds or so. */
export class RtcpReporter {
  readonly sent = new SentStatistics();
  readonly reception = new ReceptionStatistics();
  readonly #deps: RtcpReporterDeps;
  readonly #ssrc: number;
  readonly #cname: string;
  #clockRateHz = 8000;
  #timer: Timer | undefined;

  constructor(deps: RtcpReporterDeps, options: { ssrc: number }) {
    this.#deps = deps;
    this.#ssrc = options.ssrc;
    // A name for this session alone (RFC 7022 section 4.2).
    this.#cname = Buffer.from(deps.randomBytes(12)).toString('base64');
  }

  /** Begins to report; call again when the codec has changed. */
  start(clockRateHz: number): void {
    this.#clockRateHz = clockRateHz;
    if (this.#timer === undefined) this.#schedule();
  }

  received(datagram: Uint8Array): void {
    const report = parseSenderReport(datagram);
    if (report !== null) this.reception.senderReported(report.ssrc, report.ntpMiddle, this.#deps.clock.now());
  }

  /** Says goodbye when anything was ever sent. */
  close(): void {
    this.#deps.clock.clearTimeout(this.#timer);
    if (this.#timer !== undefined && this.sent.hasSent) this.#report(true);
    this.#timer = undefined;
  }

  #schedule(): void {
    const share = 0.5 + (this.#deps.randomBytes(1)[0] ?? 0) / 255;
    this.#timer = this.#deps.clock.setTimeout(() => {
      this.#schedule();
      this.#report(false);
    }, INTERVAL_MS * share);
  }

  #report(isGoodbye: boolean): void {
    const steadyMs = this.#deps.clock.now();
    const wallClockMs = this.#deps.wallClockMs();
    this.#deps.send(
      serializeRtcp({
        ssrc: this.#ssrc,
        cname: this.#cname,
        sender: this.sent.report({ steadyMs, wallClockMs, clockRateHz: this.#clockRateHz }),
        reception: this.reception.report(steadyMs),
        isGoodbye,
      }),
    );
  }
}
