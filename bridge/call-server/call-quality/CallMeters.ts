import type { QualityPoint } from '../../../shared/admin/index.ts';
import type { CodecName } from '../../../shared/domain/index.ts';
import type { BrowserQuality, CallMos } from '../../../shared/protocol/index.ts';
import type { MediaSessionStats } from '../../media-relay/index.ts';
import { LegMeter, rounded } from './LegMeter.ts';

/** What problems of the network are told by; null: not known. */
export interface NetworkSigns {
  /** Between browser and bridge, the worse direction: packets that were lost or had to be sent again. */
  readonly lossPercent: number | null;
  readonly jitterMs: number | null;
  readonly roundTripMs: number | null;
  /** Between bridge and gateway. */
  readonly gatewayLossPercent: number | null;
}

/** Both legs of a call in both directions, measured by the browser, by the relay and by the gateway's RTCP. */
export class CallMeters {
  readonly #fromBrowser = new LegMeter();
  readonly #toBrowser = new LegMeter();
  readonly #fromGateway = new LegMeter();
  readonly #toGateway = new LegMeter();
  #report: BrowserQuality | null = null;
  #relay: MediaSessionStats | null = null;

  /** What the relay measured, each few seconds. */
  measured(stats: MediaSessionStats): void {
    const { gateway, codec } = stats;
    this.#relay = stats;
    this.#fromGateway.add({ ...gateway, packets: gateway.packetsIn }, codec);
    if (gateway.heard == null) return;
    const packets = Math.max(0, gateway.packetsOut - gateway.heard.packetsLost);
    this.#toGateway.add({ ...gateway.heard, packets, roundTripMs: gateway.roundTripMs }, codec);
  }

  /**
   * What the browser and the relay counted of the way between them at about the same time; null: that one said nothing, or sees
   * nothing of direct media.
   * @returns whether it is the first report for a while, or one of another connection than the one before
   */
  compared(report: BrowserQuality | null, stats: MediaSessionStats | null): boolean {
    if (stats !== null) {
      const { browser, codec } = stats;
      const packetsSent = report?.packetsSent ?? null;
      this.#fromBrowser.add({ ...browser, packets: browser.packetsIn, packetsSent }, codec);
    }
    if (report === null) {
      this.#report = null;
      this.#toBrowser.nothingNew();
      return false;
    }
    const isFirst = this.#report === null;
    this.#report = report;
    const { packetsReceived, packetsLost, concealedRatio, jitterMs, jitterBufferMs, roundTripMs } = report;
    const isRestart = this.#toBrowser.add(
      {
        ...{
          packets: packetsReceived,
          packetsLost,
          packetsSent: stats?.browser.packetsOut ?? null,
          jitterMs: jitterMs ?? 0,
        },
        ...{ roundTripMs, bufferMs: jitterBufferMs, concealedRatio },
      },
      this.#codec,
    );
    return isFirst || isRestart;
  }

  /** Another connection of the browser is in place of the one before. */
  browserReplaced(): void {
    this.#report = null;
    this.#fromBrowser.restart();
    this.#toBrowser.restart();
  }

  /** Of the last quarter of a minute. */
  get mos(): CallMos {
    const now = (meter: LegMeter) => rounded(meter.mosNow(this.#codec));
    return {
      fromBrowser: now(this.#fromBrowser),
      toBrowser: now(this.#toBrowser),
      fromGateway: now(this.#fromGateway),
      toGateway: now(this.#toGateway),
    };
  }

  /** For a chart over time. */
  pointAt(atMs: number): QualityPoint {
    const codec = this.#codec;
    return {
      atMs,
      fromBrowser: this.#fromBrowser.qualityNow(codec),
      toBrowser: this.#toBrowser.qualityNow(codec),
      fromGateway: this.#fromGateway.qualityNow(codec),
      toGateway: this.#toGateway.qualityNow(codec),
    };
  }

  get mosOnTheWhole(): CallMos {
    return {
      fromBrowser: rounded(this.#fromBrowser.mosOnTheWhole),
      toBrowser: rounded(this.#toBrowser.mosOnTheWhole),
      fromGateway: rounded(this.#fromGateway.mosOnTheWhole),
      toGateway: rounded(this.#toGateway.mosOnTheWhole),
    };
  }

  get signs(): NetworkSigns {
    const up = this.#fromBrowser.lossPercent;
    const heard = this.#toGateway.lossPercent;
    // What is lost before us is missing behind us, too, and is none of the gateway's.
    const behind = heard === null ? null : Math.max(0, heard - (up ?? 0));
    return {
      lossPercent: rounded(worst(up, this.#toBrowser.lossPercent)),
      jitterMs: worst(this.#report?.jitterMs ?? null, this.#relay?.browser.jitterMs ?? null),
      roundTripMs: this.#browserRoundTripMs,
      gatewayLossPercent: rounded(worst(this.#fromGateway.lossPercent, behind)),
    };
  }

  /** From the browser to the gateway and back, as far as known. */
  get roundTripMs(): number | null {
    const gateway = this.#relay?.gateway.roundTripMs ?? null;
    const browser = this.#browserRoundTripMs;
    return browser === null && gateway === null ? null : Math.round((browser ?? 0) + (gateway ?? 0));
  }

  get #browserRoundTripMs(): number | null {
    return this.#report?.roundTripMs ?? this.#relay?.browser.roundTripMs ?? null;
  }

  get #codec(): CodecName | null {
    return this.#relay?.codec ?? this.#report?.codec ?? null;
  }
}

function worst(one: number | null, other: number | null): number | null {
  if (one === null) return other;
  return other === null ? one : Math.max(one, other);
}
