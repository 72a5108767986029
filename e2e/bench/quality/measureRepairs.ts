import type { Browser } from '@playwright/test';
import { estimateMos } from '../../../bridge/media-relay/index.ts';
import type { CodecName } from '../../../shared/domain/index.ts';
import { QualityPage, type Received } from './QualityPage.ts';

/** Which way loses packets, and what the browser's leg may do about it. */
export interface RepairPlan {
  readonly codec: Extract<CodecName, 'opus' | 'PCMU'>;
  readonly way: 'up' | 'down' | null;
  readonly hasNack: boolean;
  readonly hasFec: boolean;
}

export interface RepairFigures extends RepairPlan {
  /** Of 100 packets those that never came. */
  readonly missingPercent: number;
  /** Of 100 packets those that were restored by FEC. */
  readonly restoredPercent: number;
  /** Of 100 samples those that had to be made up. */
  readonly madeUpPercent: number;
  readonly bufferMs: number;
  /** ITU-T G.107, of what was made up and of the time in the buffer. */
  readonly mos: number;
}

const badWay = { loss: 0.05, jitterMs: 40 };
/** The buffer has found its length, and the sender knows of the loss. */
const warmUpMs = 12_000;

/** One call for each plan, all at the same time: what the gateway gets comes back, and is decoded by the browser. */
export async function measureRepairs(
  browser: Browser,
  plans: readonly RepairPlan[],
  options: { readonly url: string; readonly numbers: Readonly<Record<'opus' | 'PCMU', string>>; readonly ms: number },
): Promise<RepairFigures[]> {
  const pages: QualityPage[] = [];
  try {
    for (const { codec, way, hasNack, hasFec } of plans) {
      const network = {
        ...(way === null ? { loss: 0, jitterMs: 0 } : { ...badWay, way }),
        // The browser asks for packets on the answer's word alone, and sends what it is asked for in any case.
        ...{ withoutLines: hasNack ? [] : ['a=rtcp-fb'], losesNacks: !hasNack },
        ...(!hasFec && { replaced: [['useinbandfec=1', 'useinbandfec=0']] as const }),
      };
      pages.push(await QualityPage.call(browser, { url: options.url, number: options.numbers[codec], network }));
    }
    await new Promise((resolve) => setTimeout(resolve, warmUpMs));
    const before = await Promise.all(pages.map((page) => page.received()));
    await new Promise((resolve) => setTimeout(resolve, options.ms));
    const after = await Promise.all(pages.map((page) => page.received()));
    return plans.map((plan, index) => figuresOf(plan, before[index] as Received, after[index] as Received));
  } finally {
    await Promise.all(pages.map((page) => page.close()));
  }
}

function figuresOf(plan: RepairPlan, before: Received, after: Received): RepairFigures {
  const grown = (of: keyof Received) => after[of] - before[of];
  const wanted = grown('packets') + grown('packetsLost');
  const madeUp = grown('concealed') / grown('samples');
  const bufferMs = (1000 * grown('bufferS')) / grown('emitted');
  const { jitterMs } = after;
  const heard = { packetsIn: (1 - madeUp) * wanted, packetsLost: madeUp * wanted, jitterMs, bufferMs };
  return {
    ...plan,
    missingPercent: (100 * grown('packetsLost')) / wanted,
    restoredPercent: (100 * grown('restored')) / wanted,
    madeUpPercent: 100 * madeUp,
    bufferMs,
    mos: estimateMos({ codec: plan.codec, roundTripMs: null, ...heard }) ?? Number.NaN,
  };
}
