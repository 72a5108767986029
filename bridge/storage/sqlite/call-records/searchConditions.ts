import type { SQLInputValue } from 'node:sqlite';
import type { CallSearch } from '../../ports/CallRecordStore.ts';

/** A part of WHERE, about columns of `calls`. */
export interface Condition {
  readonly text: string;
  readonly values: readonly SQLInputValue[];
}

/** An index in whose order calls are looked at. */
export interface Way {
  /** What it may be read as: it has columns `seq` and `requested_at_ms`, with the latter's index. */
  readonly source: string;
  /** All of these are answered by the index alone. */
  readonly conditions: readonly Condition[];
}

/** Everything that is asked of a call but for the time. */
export function conditionsOf(search: CallSearch): Condition[] {
  const { userId, brandId, gatewayId, direction, outcomes, number } = search;
  return [
    ...(userId === undefined ? [] : [isOfPerson(userId)]),
    ...(brandId === undefined ? [] : [is('brand_id', brandId)]),
    ...(gatewayId === undefined ? [] : [is('gateway_id', gatewayId)]),
    ...(direction === undefined ? [] : [is('direction', direction)]),
    ...(outcomes === undefined ? [] : [{ text: `outcome IN (${marks(outcomes)})`, values: outcomes }]),
    ...(number === undefined ? [] : [hasNumber(number)]),
  ];
}

/**
 * Along which indexes to look: those that leave least. Each alone is in the order of time; together they have every call that fits.
 * `isRare` says whether few enough numbers begin so for all of their calls to be sorted.
 */
export function waysToLook(search: CallSearch, isRare: (prefix: string) => boolean): readonly Way[] {
  const { userId, brandId, gatewayId, outcomes, number } = search;
  if (number !== undefined && 'is' in number) return byNumber(({ column }) => is(column, number.is));
  if (number !== undefined && 'beginsWith' in number && isRare(number.beginsWith)) {
    return byNumber(({ column }) => beginsWith(column, number.beginsWith));
  }
  if (userId !== undefined) {
    const source =
      '(SELECT call_seq AS seq, requested_at_ms, user_id FROM participants INDEXED BY calls_of_participant)';
    return [{ source, conditions: [is('user_id', userId)] }];
  }
  if (brandId !== undefined && outcomes !== undefined) {
    return outcomes.map((outcome) =>
      along('calls_of_brand_outcome', [is('brand_id', brandId), is('outcome', outcome)]),
    );
  }
  if (outcomes !== undefined) return outcomes.map((outcome) => along('calls_of_outcome', [is('outcome', outcome)]));
  if (gatewayId !== undefined) return [along('calls_of_gateway', [is('gateway_id', gatewayId)])];
  if (brandId !== undefined) return [along('calls_of_brand', [is('brand_id', brandId)])];
  return [along('calls_by_time', [])];
}

export function beginsWith(column: string, prefix: string): Condition {
  // The greatest character comes after whatever may follow.
  return { text: `${column} >= ? AND ${column} < ?`, values: [prefix, `${prefix}\u{10ffff}`] };
}

const numberColumns = [
  { column: 'called_number', index: 'calls_to' },
  { column: 'calling_number', index: 'calls_by' },
] as const;

function byNumber(condition: (of: (typeof numberColumns)[number]) => Condition): readonly Way[] {
  return numberColumns.map((of) => along(of.index, [condition(of)]));
}

function along(index: string, conditions: readonly Condition[]): Way {
  return { source: `calls INDEXED BY ${index}`, conditions };
}

function hasNumber(number: NonNullable<CallSearch['number']>): Condition {
  if ('endsWith' in number && number.endsWith === '') return { text: 'TRUE', values: [] };
  const parts = numberColumns.map(({ column }) => {
    if ('is' in number) return is(column, number.is);
    if ('beginsWith' in number) return beginsWith(column, number.beginsWith);
    return { text: `substr(${column}, -?) = ?`, values: [number.endsWith.length, number.endsWith] };
  });
  return { text: `(${parts.map(({ text }) => text).join(' OR ')})`, values: parts.flatMap(({ values }) => values) };
}

function isOfPerson(userId: string): Condition {
  return {
    text: 'EXISTS (SELECT 1 FROM participants WHERE call_seq = calls.seq AND participants.user_id = ?)',
    values: [userId],
  };
}

function is(column: string, value: string): Condition {
  return { text: `${column} = ?`, values: [value] };
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join();
}
