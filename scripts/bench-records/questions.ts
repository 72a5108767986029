import type { CallRecordPage, CallRecordStore, CallSearch } from '../../bridge/storage/index.ts';
import type { BrandId, GatewayId } from '../../shared/domain/index.ts';
import type { Dice } from '../bench-authorization/inventData.ts';
import { firstAtMs, hotline, inventNumber, inventPerson, sizes, yearMs } from './inventCalls.ts';

const dayMs = 86_400_000;
/** As many as the pages show at once. */
const limit = 50;

export interface Question {
  readonly what: string;
  readonly ask: () => Promise<CallRecordPage>;
}

/** What persons and operators ask for, each time about something else. */
export async function questions(records: CallRecordStore, dice: Dice): Promise<readonly Question[]> {
  const tenth = await cursorOfTenthPage(records);
  const brandId = () => `brand-${dice.below(sizes.brands)}` as BrandId;
  const gatewayId = () => `gateway-${dice.below(sizes.gateways)}` as GatewayId;
  const someDay = () => firstAtMs + dice.below(yearMs / dayMs) * dayMs;
  const day = () => {
    const fromMs = someDay();
    return { fromMs, untilMs: fromMs + dayMs };
  };
  const search = (what: string, invent: () => CallSearch): Question => ({
    what,
    ask: () => records.search(invent(), { limit }),
  });
  return [
    { what: 'a person’s own history', ask: () => records.pageByUser(inventPerson(dice), { limit }) },
    { what: '— the tenth page of a hotline’s', ask: () => records.pageByUser(hotline, { limit, before: tenth }) },
    search('calls of a person', () => ({ userId: inventPerson(dice) })),
    search('calls of a person that failed', () => ({ userId: inventPerson(dice), outcomes: ['failed'] })),
    search('a number', () => ({ number: { is: inventNumber(dice) } })),
    search('numbers that begin with six digits', () => ({ number: { beginsWith: inventNumber(dice).slice(0, 7) } })),
    search('numbers that begin with +1 (most)', () => ({ number: { beginsWith: '+1' } })),
    search('numbers that end with four digits', () => ({ number: { endsWith: inventNumber(dice).slice(-4) } })),
    search('a day', day),
    search('the end of a day in the past', () => ({ untilMs: someDay() })),
    search('an outcome (most: answered)', () => ({ outcomes: ['answered'] })),
    search('an outcome (one in a hundred: failed) on a day', () => ({ outcomes: ['failed'], ...day() })),
    search('four outcomes at once', () => ({ outcomes: ['failed', 'busy', 'cancelled', 'noAnswer'] })),
    search('a brand', () => ({ brandId: brandId() })),
    search('a brand on a day', () => ({ brandId: brandId(), ...day() })),
    search('a brand and an outcome', () => ({ brandId: brandId(), outcomes: ['busy'] })),
    search('a brand, a gateway and an outcome', () => ({
      ...{ brandId: brandId(), gatewayId: gatewayId(), outcomes: ['failed'] },
    })),
    search('what no call is: as many looked at as one page may', () => ({
      ...{ direction: 'incoming', number: { endsWith: 'x' } },
    })),
  ];
}

/** Of who has most calls; where there are less than ten pages, the last. */
async function cursorOfTenthPage(records: CallRecordStore): Promise<string> {
  let before = '';
  for (let page = 1; page < 10; page += 1) {
    const { nextCursor } = await records.pageByUser(hotline, { limit, ...(before !== '' && { before }) });
    if (nextCursor === null) break;
    before = nextCursor;
  }
  return before;
}
