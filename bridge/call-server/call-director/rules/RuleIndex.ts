import type { CompiledRule } from './CompiledRule.ts';
import type { RuleQuery } from './missOf.ts';

/** A rule that names very many callers and destinations is looked for by its callers alone, so that the index stays small. */
const maxKeysOfRule = 4096;

/** Positions of rules, by a key of the destination. */
type Bucket = Map<string, number[]>;

/**
 * Finds the rules that may match a call without looking at the others: by who calls, then by where to. It leaves out only rules
 * that `missOf` says no to, so that going through what it gives decides as going through all of them.
 */
export class RuleIndex {
  readonly #rules: readonly CompiledRule[];
  readonly #byCaller = new Map<string, Bucket>();

  /** In the order in which they are looked at. */
  constructor(rules: readonly CompiledRule[]) {
    this.#rules = rules;
    for (const [position, compiled] of rules.entries()) if (compiled.rule.isEnabled) this.#add(compiled, position);
  }

  /** In order. Costs what the caller and the number have keys, and the rules that are found. */
  candidates(query: RuleQuery): readonly CompiledRule[] {
    // One bit per rule: several keys may find one rule, and reading the bits gives them in order.
    const found = new Uint32Array((this.#rules.length + 31) >>> 5);
    const destinationKeys = keysOfNumber(query.called);
    for (const callerKey of keysOfCaller(query)) {
      const bucket = this.#byCaller.get(callerKey);
      if (bucket) for (const key of destinationKeys) markAll(found, bucket.get(key));
    }
    return this.#marked(found);
  }

  #add(compiled: CompiledRule, position: number): void {
    const callerKeys = keysOfRuleCallers(compiled);
    const destinationKeys = keysOfRuleDestinations(compiled);
    const isWide = callerKeys.length * destinationKeys.length > maxKeysOfRule;
    for (const callerKey of callerKeys) {
      const bucket: Bucket = this.#byCaller.get(callerKey) ?? new Map();
      this.#byCaller.set(callerKey, bucket);
      for (const key of isWide ? [anywhere] : destinationKeys) {
        const positions = bucket.get(key);
        if (positions) positions.push(position);
        else bucket.set(key, [position]);
      }
    }
  }

  #marked(found: Uint32Array): readonly CompiledRule[] {
    const rules: CompiledRule[] = [];
    for (let word = 0; word < found.length; word += 1) {
      let bits = found[word] ?? 0;
      while (bits !== 0) {
        const bit = 31 - Math.clz32(bits & -bits);
        const rule = this.#rules[word * 32 + bit];
        if (rule) rules.push(rule);
        bits &= bits - 1;
      }
    }
    return rules;
  }
}

function markAll(found: Uint32Array, positions: readonly number[] | undefined): void {
  if (positions === undefined) return;
  for (const position of positions) found[position >>> 5] = (found[position >>> 5] ?? 0) | (1 << (position & 31));
}

const anybody = '*';
const anywhere = '*';

/** Rules that name no single callers are kept apart by brand. */
function keysOfRuleCallers({ callers, brands }: CompiledRule): readonly string[] {
  const named = callers
    ? [
        ...[...callers.users].map((name) => `user ${name}`),
        ...[...callers.groups].map((id) => `group ${id}`),
        ...[...callers.embedKeys].map((id) => `key ${id}`),
      ]
    : [];
  const kinds = callers === null ? [anybody] : callers.anonymous === null ? [] : [kindKey(callers.anonymous)];
  return [...named, ...(brands ? kinds.flatMap((kind) => [...brands].map((id) => `${kind} ${id}`)) : kinds)];
}

function keysOfCaller({ caller, brandId }: RuleQuery): readonly string[] {
  const { userName, embedKeyId, groups } = caller;
  const kind = kindKey(embedKeyId !== null);
  const keys = [anybody, `${anybody} ${brandId}`, kind, `${kind} ${brandId}`];
  if (userName !== null) keys.push(`user ${userName}`);
  if (embedKeyId !== null) keys.push(`key ${embedKeyId}`);
  for (const id of groups) keys.push(`group ${id}`);
  return keys;
}

function kindKey(isVisitor: boolean): string {
  return isVisitor ? 'visitor' : 'named';
}

/** By the first of prefix, country and type that the rule gives: what it gives more is looked at by `missOf`. */
function keysOfRuleDestinations({ prefixes, countries, types }: CompiledRule): readonly string[] {
  if (prefixes) return [...prefixes];
  if (countries) return [...countries].map((country) => `in ${country}`);
  return types ? [...types].map((type) => `type ${type}`) : [anywhere];
}

function keysOfNumber({ e164, country, possibleCountries, type }: RuleQuery['called']): readonly string[] {
  const keys = [anywhere, `type ${type}`];
  for (const code of country === null ? possibleCountries : [country]) keys.push(`in ${code}`);
  for (let length = 1; length <= e164.length; length += 1) keys.push(e164.slice(0, length));
  return keys;
}
