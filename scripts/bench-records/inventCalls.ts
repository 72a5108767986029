import type {
  CallClosing,
  CallEventRecord,
  CallOpening,
  CallProgress,
  CallRecordStore,
} from '../../bridge/storage/index.ts';
import type { BrandId, CallId, CallServerId, GatewayId, UserId } from '../../shared/domain/index.ts';
import type { Dice } from '../bench-authorization/inventData.ts';

export const sizes = { persons: 10_000, brands: 50, gateways: 20, numbers: 200_000 } as const;

/** When the calls were: one after another through a year. */
export const firstAtMs = Date.UTC(2026, 0, 1);
export const yearMs = 365 * 86_400_000;

const outcomes = [
  ...Array.from({ length: 60 }, () => 'answered' as const),
  ...Array.from({ length: 20 }, () => 'noAnswer' as const),
  ...Array.from({ length: 12 }, () => 'busy' as const),
  ...Array.from({ length: 7 }, () => 'cancelled' as const),
  'failed' as const,
];

/** The first is a hotline: a call in twenty is one of its. */
export const hotline = 'person-0' as UserId;

export function inventPerson(dice: Dice): UserId {
  return dice.below(20) === 0 ? hotline : (`person-${dice.below(sizes.persons)}` as UserId);
}

export function inventNumber(dice: Dice): string {
  return numberOf(dice.below(sizes.numbers));
}

/** Half of them in one country, the others spread. */
function numberOf(index: number): string {
  const country = index % 2 === 0 ? '+1' : `+${20 + (index % 79)}`;
  return `${country}${String(2_000_000_000 + ((index * 7_368_787) % 1_000_000_000)).slice(0, 10)}`;
}

export interface InventedCall {
  readonly opening: CallOpening;
  readonly progress: CallProgress;
  readonly closing: CallClosing;
  readonly events: readonly CallEventRecord[];
}

/** One of `count` calls, the oldest first. */
export function inventCall(dice: Dice, index: number, count: number): InventedCall {
  const requestedAtMs = firstAtMs + Math.floor((index / count) * yearMs);
  const callId = `call-${index}` as CallId;
  const isIncoming = dice.below(4) === 0;
  const person = inventPerson(dice);
  const [own, other] = [`+1202555${String(dice.below(10_000)).padStart(4, '0')}`, inventNumber(dice)];
  const outcome = dice.pick(outcomes);
  const talkMs = outcome === 'answered' ? dice.below(600_000) : 0;
  const event = (type: string, afterMs: number): CallEventRecord => ({
    ...{ callId, atMs: requestedAtMs + afterMs, type, state: null, detail: {} },
  });
  return {
    opening: {
      callId,
      callServerId: 'main' as CallServerId,
      brandId: `brand-${dice.below(sizes.brands)}` as BrandId,
      ...{ userId: isIncoming ? null : person, deviceId: null, direction: isIncoming ? 'incoming' : 'outgoing' },
      ...{ callingNumber: isIncoming ? other : own, callingName: null },
      ...{ calledNumber: isIncoming ? own : other, calledName: null, requestedAtMs },
    },
    progress: {
      gatewayId: `gateway-${dice.below(sizes.gateways)}` as GatewayId,
      codec: 'opus',
      mediaWay: 'relay',
      ...(talkMs > 0 && { answeredAtMs: requestedAtMs + 5000 }),
      ...(isIncoming && {
        userId: person,
        participants: [{ userId: person, displayName: null, callingName: null, answer: talkMs > 0 ? 'taken' : null }],
      }),
    },
    closing: {
      ...{ endedAtMs: requestedAtMs + 5000 + talkMs, outcome, disconnectedBy: dice.pick(['caller', 'called']) },
      ...{ sipStatus: 200, q850: 16, errorCode: outcome === 'failed' ? 'internal' : null, postDialDelayMs: 1200 },
    },
    events: [event('authorized', 1), event('gatewayTried', 2), event('ringing', 1200)],
  };
}

/** As the bridge writes a call: it goes on when what it says is safe. */
export async function append(records: CallRecordStore, call: InventedCall): Promise<void> {
  const { opening, progress, closing, events } = call;
  await records.open(opening);
  await Promise.all([...events.map((event) => records.appendEvent(event)), records.progress(opening.callId, progress)]);
  await Promise.all([records.close(opening.callId, closing), records.told(opening.callId)]);
}
