import type { BrandSettings, EmbedKey, Group } from '../../../shared/admin/index.ts';
import type { BrandId } from '../../../shared/domain/index.ts';
import type { SettingProblem } from '../../../shared/errors/index.ts';
import type { Actor } from './Actor.ts';

interface Source<Entity> {
  get(id: string): Promise<Entity | undefined>;
}

/** Where the names that entities have for each other are looked up. */
export interface ReferencesDeps {
  readonly brands: Source<BrandSettings>;
  readonly groups: Source<Group>;
  readonly embedKeys: Source<Pick<EmbedKey, 'id' | 'brandId'>>;
  readonly gateways: Source<unknown>;
}

/** Finds names in one entity that no other entity has, or that it may not have. */
export class References {
  readonly #deps: ReferencesDeps;

  constructor(deps: ReferencesDeps) {
    this.#deps = deps;
  }

  async brand(key: string, id: BrandId | null): Promise<readonly SettingProblem[]> {
    return id === null
      ? []
      : findEach(
          [id],
          () => key,
          async (one) => {
            return (await this.#deps.brands.get(one)) ? null : `expected a brand, and there is none with the id ${one}`;
          },
        );
  }

  brands(key: string, ids: readonly BrandId[]): Promise<readonly SettingProblem[]> {
    return findEach(ids, at(key), async (id) =>
      (await this.#deps.brands.get(id)) ? null : `expected a brand, and there is none with the id ${id}`,
    );
  }

  /**
   * `of`: the brand that has them; a group may be of it or of none. A brand's manager gives nobody a group of the operators, who
   * may have allowed it more, but leaves those in `present`.
   */
  groups(
    key: Key,
    ids: readonly string[],
    { of, actor, present = [] }: { of: BrandId | null; actor?: Actor; present?: readonly string[] },
  ): Promise<readonly SettingProblem[]> {
    return findEach(ids, keyOf(key), async (id) => {
      const group = await this.#deps.groups.get(id);
      if (group === undefined) return `expected a group, and there is none with the id ${id}`;
      if (group.brandId !== null && of !== null && group.brandId !== of) return `expected a group of the brand ${of}`;
      const isBeyond = actor !== undefined && actor.brandId !== null && group.brandId !== actor.brandId;
      return isBeyond && !present.includes(id) ? 'expected a group of your brand' : null;
    });
  }

  /** `of`: brands under which they are meant to work; absent: any. */
  embedKeys(
    key: string,
    ids: readonly string[],
    of: readonly BrandId[] | undefined,
  ): Promise<readonly SettingProblem[]> {
    return findEach(ids, at(key), async (id) => {
      const embedKey = await this.#deps.embedKeys.get(id);
      if (embedKey === undefined) return `expected an embed key, and there is none with the id ${id}`;
      return of === undefined || of.includes(embedKey.brandId) ? null : `expected an embed key of ${of.join(' or ')}`;
    });
  }

  gateways(key: Key, ids: readonly string[]): Promise<readonly SettingProblem[]> {
    return findEach(ids, keyOf(key), async (id) =>
      (await this.#deps.gateways.get(id)) ? null : `expected a gateway, and there is none with the id ${id}`,
    );
  }

  /**
   * Which numbers a brand may show is the operators' matter: its manager hands out those alone, and leaves others that are
   * `present`.
   */
  async callerNumbers(
    key: Key,
    numbers: readonly string[],
    { actor, present = [] }: { actor: Actor; present?: readonly string[] },
  ): Promise<readonly SettingProblem[]> {
    if (actor.brandId === null) return [];
    const brand = await this.#deps.brands.get(actor.brandId);
    const allowed = new Set([...(brand?.callerNumbers ?? []), ...present]);
    return findEach(numbers, keyOf(key), async (number) =>
      allowed.has(number) ? null : 'expected one of the caller numbers of your brand',
    );
  }
}

/** A list's own key, or that of each of its entries. */
type Key = string | ((index: number) => string);

function keyOf(key: Key): (index: number) => string {
  return typeof key === 'string' ? at(key) : key;
}

function at(key: string): (index: number) => string {
  return (index) => `${key}.${index}`;
}

async function findEach<Value>(
  values: readonly Value[],
  keyOf: (index: number) => string,
  expectedOf: (value: Value) => Promise<string | null>,
): Promise<readonly SettingProblem[]> {
  const problems: SettingProblem[] = [];
  for (const [index, value] of values.entries()) {
    const expected = await expectedOf(value);
    if (expected !== null) problems.push({ key: keyOf(index), expected });
  }
  return problems;
}
