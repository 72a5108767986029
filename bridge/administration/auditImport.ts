import type { Rate } from '../../shared/admin/index.ts';
import type { AuditedChange } from './AuditTrail.ts';

/** Rates in one entry: a sheet has a hundred thousand of them, and an entry should stay readable. */
const ratesPerEntry = 500;

export interface ImportedRates {
  readonly mode: 'merge' | 'replace';
  readonly present: readonly Rate[];
  /** Added or changed, as they will be. */
  readonly put: readonly Rate[];
  readonly deleted: readonly Rate['id'][];
  /** How many in which way. */
  readonly result: { readonly added: number; readonly changed: number; readonly deleted: number };
}

/** What the audit log gets of a sheet: each rate before and after, by prefix, in entries of some hundred; then the sum of all. */
export function auditImport({ mode, present, put, deleted, result }: ImportedRates): readonly AuditedChange[] {
  const known = new Map(present.map((rate) => [rate.id, rate]));
  const coming = new Map(put.map((rate) => [rate.id, rate]));
  const ids = [...coming.keys(), ...deleted];
  const entry = (before: unknown, after: unknown): AuditedChange => ({
    action: 'import',
    kind: 'rate',
    entityId: null,
    brandId: null,
    before,
    after,
  });
  const parts: AuditedChange[] = [];
  for (let first = 0; first < ids.length; first += ratesPerEntry) {
    const part = ids.slice(first, first + ratesPerEntry);
    parts.push(entry(pick(known, part), pick(coming, part)));
  }
  const sum = entry(
    { rates: present.length },
    { rates: present.length + result.added - result.deleted, mode, ...result },
  );
  return [...parts, sum];
}

/** By prefix; what is not there is left out. */
function pick(rates: ReadonlyMap<string, Rate>, ids: readonly string[]): Record<string, Omit<Rate, 'id'>> {
  return Object.fromEntries(
    ids.flatMap((id) => {
      const rate = rates.get(id);
      if (rate === undefined) return [];
      const { id: _, ...rest } = rate;
      return [[id, rest] as const];
    }),
  );
}
