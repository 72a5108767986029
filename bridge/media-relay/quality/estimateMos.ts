import type { CodecName } from '../../../shared/domain/index.ts';

/** What was measured of one direction of a call, since its start or over a while. */
export interface MeasuredAudio {
  readonly codec: CodecName;
  readonly packetsIn: number;
  readonly packetsLost: number;
  /** Interarrival jitter (RFC 3550 section 6.4.1). */
  readonly jitterMs: number;
  /** Between us and the gateway; null: unknown, and left out. */
  readonly roundTripMs: number | null;
  /** How long it waits until it is played; absent or null: as long as a buffer for that jitter would have it. */
  readonly bufferMs?: number | null;
}

interface CodecQuality {
  /** Equipment impairment factor Ie, and packet-loss robustness factor Bpl. */
  readonly impairment: number;
  readonly lossRobustness: number;
  /** Algorithmic delay besides the frame. */
  readonly lookAheadMs: number;
}

/**
 * G.711 with packet loss concealment, as browsers have it: ITU-T G.113 appendix I (Ie 0, Bpl 25.1 at random loss). On the narrowband
 * scale G.113 has no values for the two others. Neither is worse than G.711, so they are counted like it: what is better about their
 * sound can't be told on a scale that ends with narrowband, and calls of all codecs stay comparable as to the network.
 * Look-ahead: ITU-T G.722 (QMF filters, 1.5 ms, rounded up), RFC 6716 section 2 (6.5 ms).
 */
const codecQualities: Readonly<Record<CodecName, CodecQuality>> = {
  PCMU: { impairment: 0, lossRobustness: 25.1, lookAheadMs: 0 },
  PCMA: { impairment: 0, lossRobustness: 25.1, lookAheadMs: 0 },
  G722: { impairment: 0, lossRobustness: 25.1, lookAheadMs: 2 },
  opus: { impairment: 0, lossRobustness: 25.1, lookAheadMs: 6.5 },
};

/** R0 - Is with all of G.107's default values (ITU-T G.107 section 7.7). */
const basicQuality = 93.2;
const frameMs = 20;
/** A playout buffer of so many times the jitter, and of a frame at least, loses next to nothing to lateness. */
const bufferedJitters = 2;

/**
 * Estimated mean opinion score of a conversation, 1 to 4.5, by the E-model (ITU-T G.107: R = R0 - Is - Id - Ie,eff, and annex B for
 * the score). Impairments by echo are left out: browsers cancel it. null where no audio came.
 */
export function estimateMos(audio: MeasuredAudio): number | null {
  if (audio.packetsIn === 0) return null;
  const quality = codecQualities[audio.codec];
  const lossPercent = (100 * Math.max(0, audio.packetsLost)) / (audio.packetsIn + Math.max(0, audio.packetsLost));
  const delayMs =
    (audio.roundTripMs ?? 0) / 2 +
    frameMs +
    quality.lookAheadMs +
    (audio.bufferMs ?? Math.max(frameMs, bufferedJitters * Math.max(0, audio.jitterMs)));
  return scoreOf(basicQuality - delayImpairment(delayMs) - lossImpairment(quality, lossPercent));
}

/** Idd (ITU-T G.107 section 7.4), by the one-way delay from mouth to ear. */
function delayImpairment(delayMs: number): number {
  if (delayMs <= 100) return 0;
  const x = Math.log2(delayMs / 100);
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}

/** Ie,eff (ITU-T G.107 section 7.5) at random loss (BurstR 1). */
function lossImpairment({ impairment, lossRobustness }: CodecQuality, lossPercent: number): number {
  return impairment + (95 - impairment) * (lossPercent / (lossPercent + lossRobustness));
}

/** ITU-T G.107 annex B. Its curve dips under 1 below R of about 6.5. */
function scoreOf(rating: number): number {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
}
