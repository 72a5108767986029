import type { LegQuality } from '../../../shared/admin/index.ts';
import type { CodecName } from '../../../shared/domain/index.ts';
import { estimateMos, type MeasuredAudio } from '../../media-relay/index.ts';

/** What was counted of one leg in one direction since its connection began. */
export interface LegCounts extends Omit<MeasuredAudio, 'codec' | 'packetsIn'> {
  readonly packets: number;
  /** Packets that the other end counted when it sent them, with those that it sent once more, at about the same time. */
  readonly packetsSent?: number | null;
  /** Share of what was played since the counts before that had to be made up; says more than losses, where it is known. */
  readonly concealedRatio?: number | null;
}

interface Interval extends LegCounts {
  readonly packetsSent: number;
  /** What wasn't heard, in packets. */
  readonly unheard: number;
}

/** So many intervals are what "now" means: with 5 s each, long enough for a share of loss to mean something. */
const intervalsOfNow = 3;

/** With fewer packets, a share is chance. Two seconds. */
const fewestForShare = 100;

/** One leg of a call in one direction: what it was like in the last quarter of a minute, and on the whole. */
export class LegMeter {
  #before: LegCounts | null = null;
  #recent: readonly Interval[] = [];
  #packets = 0;
  #scores = 0;

  /** Takes the present counts. Lower ones than before are those of a new connection. @returns whether they are */
  add(counts: LegCounts, codec: CodecName | null): boolean {
    const isRestart = this.#before !== null && counts.packets < this.#before.packets;
    const before = isRestart ? null : this.#before;
    this.#before = counts;
    const packets = counts.packets - (before?.packets ?? 0);
    const packetsLost = counts.packetsLost - (before?.packetsLost ?? 0);
    const interval = {
      ...{ ...counts, packets, packetsLost },
      packetsSent: sentBetween(before, counts) ?? packets,
      unheard: madeUpOf(packets, counts.concealedRatio ?? null) ?? packetsLost,
    };
    this.#recent = [...this.#recent, interval].slice(-intervalsOfNow);
    const score = codec === null ? null : scoreOf(interval, codec);
    if (score !== null) {
      this.#packets += interval.packets;
      this.#scores += interval.packets * score;
    }
    return isRestart;
  }

  /** Another connection is in place of the one before, and counts anew. */
  restart(): void {
    this.#before = null;
    this.#recent = [];
  }

  /** There should have been counts, and were none. */
  nothingNew(): void {
    this.#recent = this.#recent.slice(1);
  }

  /** Estimated mean opinion score of now; null without audio. */
  mosNow(codec: CodecName | null): number | null {
    const recent = this.#sum();
    return codec === null || recent === null ? null : scoreOf(recent, codec);
  }

  /** Of the whole call: the intervals' scores, weighted by how much was heard in each; null where none was. */
  get mosOnTheWhole(): number | null {
    return this.#packets === 0 ? null : this.#scores / this.#packets;
  }

  /**
   * Share of what was sent now that didn't come at the first try, in percent; null without anything. What was repaired by sending it
   * again counts as lost here: every copy that was sent is counted, and every one that came.
   */
  get lossPercent(): number | null {
    const recent = this.#sum();
    if (recent === null || recent.packets < fewestForShare) return null;
    const lost = Math.max(0, recent.packetsLost);
    const share = lost / (recent.packets + lost);
    const onTheWay = 1 - recent.packets / Math.max(recent.packets, recent.packetsSent ?? 0);
    return 100 * Math.max(share, onTheWay);
  }

  /** As it is kept for charts. */
  qualityNow(codec: CodecName | null): LegQuality {
    const recent = this.#sum();
    const hasAudio = recent !== null && recent.packets > 0;
    return {
      mos: rounded(this.mosNow(codec)),
      lossPercent: rounded(this.lossPercent),
      jitterMs: hasAudio ? rounded(recent.jitterMs) : null,
      roundTripMs: hasAudio ? rounded(recent.roundTripMs) : null,
    };
  }

  #sum(): Interval | null {
    const last = this.#recent.at(-1);
    if (last === undefined) return null;
    const total = (of: (interval: Interval) => number) => this.#recent.reduce((sum, counts) => sum + of(counts), 0);
    return {
      ...last,
      packets: total(({ packets }) => packets),
      packetsLost: total(({ packetsLost }) => packetsLost),
      packetsSent: total(({ packetsSent }) => packetsSent),
      unheard: total(({ unheard }) => unheard),
      jitterMs: total(({ jitterMs }) => jitterMs) / this.#recent.length,
    };
  }
}

/** null: not known, as over a change of either end's connection. */
function sentBetween(before: LegCounts | null, now: LegCounts): number | null {
  if (before === null || before.packetsSent == null || now.packetsSent == null) return null;
  return now.packetsSent < before.packetsSent ? null : now.packetsSent - before.packetsSent;
}

/** Repaired losses aren't heard, and packets that come too late are: what was made up is what was missing. null: not known. */
function madeUpOf(packets: number, concealedRatio: number | null): number | null {
  if (concealedRatio === null || concealedRatio >= 1) return null;
  return (packets * concealedRatio) / (1 - concealedRatio);
}

function scoreOf({ packets, unheard, jitterMs, roundTripMs, bufferMs = null }: Interval, codec: CodecName) {
  return estimateMos({ codec, packetsIn: packets, packetsLost: unheard, jitterMs, roundTripMs, bufferMs });
}

/** To hundredths. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}
