import { useSearchParams } from 'react-router';
import { type CallOutcome, callOutcomeSchema } from '../../../../shared/domain/index.ts';

/** Which calls are shown, as written in the address: other pages can point at them, and the way back finds them again. */
export interface CallFilter {
  readonly number: string | null;
  readonly userId: string | null;
  /** Local times, as the browser's field writes them: `2026-03-01T08:00`. */
  readonly from: string | null;
  readonly until: string | null;
  readonly outcomes: readonly CallOutcome[];
  readonly brandId: string | null;
  readonly gatewayId: string | null;
  readonly direction: 'outgoing' | 'incoming' | null;
}

export type CallFilterName = 'number' | 'userId' | 'from' | 'until' | 'outcome' | 'brandId' | 'gatewayId' | 'direction';

export interface CallFilterView {
  readonly filter: CallFilter;
  readonly isFiltered: boolean;
  /** A number that the bridge would not understand is not asked for. */
  readonly isNumberBad: boolean;
  /** As the bridge is asked. */
  readonly query: Readonly<Record<string, string | number | null>>;
  readonly change: (change: Partial<Record<CallFilterName, string | null>>) => void;
  readonly clear: () => void;
}

const names: readonly CallFilterName[] = [
  ...(['number', 'userId', 'from', 'until', 'outcome', 'brandId', 'gatewayId', 'direction'] as const),
];

/** As `callRecordQuery` has it. */
const numberPattern = /^(\*[^*]{1,29}|[^*]{1,29}\*?)$/u;

export function useCallFilter(): CallFilterView {
  const [params, setParams] = useSearchParams();
  const filter = readFilter(params);
  const isNumberBad = filter.number !== null && !numberPattern.test(filter.number);
  return {
    filter,
    isFiltered: names.some((name) => params.has(name)),
    isNumberBad,
    query: {
      number: isNumberBad ? null : bareOf(filter.number),
      userId: filter.userId,
      fromMs: toMs(filter.from),
      untilMs: toMs(filter.until),
      outcome: filter.outcomes.join(','),
      brandId: filter.brandId,
      gatewayId: filter.gatewayId,
      direction: filter.direction,
    },
    change: (change) =>
      setParams(
        (present) => {
          const next = new URLSearchParams(present);
          for (const [name, value] of Object.entries(change)) {
            if (value === null || value === '') next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    clear: () => setParams({}),
  };
}

function readFilter(params: URLSearchParams): CallFilter {
  const direction = params.get('direction');
  return {
    number: params.get('number'),
    userId: params.get('userId'),
    from: params.get('from'),
    until: params.get('until'),
    outcomes: (params.get('outcome') ?? '').split(',').flatMap((one) => callOutcomeSchema.safeParse(one).data ?? []),
    brandId: params.get('brandId'),
    gatewayId: params.get('gatewayId'),
    direction: direction === 'outgoing' || direction === 'incoming' ? direction : null,
  };
}

/** Numbers are kept without the signs by which people read them. */
function bareOf(number: string | null): string | null {
  return number === null ? null : number.replaceAll(/[\s()/.-]/g, '');
}

function toMs(local: string | null): number | null {
  const atMs = local === null ? Number.NaN : new Date(local).getTime();
  return Number.isNaN(atMs) ? null : Math.max(0, atMs);
}
