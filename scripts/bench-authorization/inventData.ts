import { type User, userSchema } from '../../bridge/front-end-server/index.ts';
import {
  type BrandSettings,
  brandSettingsSchema,
  type EmbedKey,
  embedKeySchema,
  type Rate,
  type Rule,
  rateSchema,
  ruleSchema,
} from '../../shared/admin/index.ts';

export const sizes = {
  users: 100_000,
  rules: 10_000,
  rates: 100_000,
  groups: 500,
  brands: 50,
  embedKeys: 200,
} as const;

/** The same numbers at every run (mulberry32), so that runs can be compared. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** 0 up to `below`, which is left out. */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }

  several<T>(count: number, make: () => T): T[] {
    return [...new Set(Array.from({ length: 1 + this.below(count) }, make))];
  }
}

const prefixes = [
  '+1',
  '+1202',
  '+1212',
  '+1416',
  '+33',
  '+331',
  '+44',
  '+4420',
  '+447',
  '+49',
  '+4930',
  '+4915',
  '+81',
  '+61',
];
const countries = ['US', 'CA', 'DE', 'FR', 'GB', 'JP', 'AU', 'JM', 'DO', 'CH', 'AT', 'IT', 'ES', 'NL'];
const types = ['mobile', 'fixedLine', 'fixedLineOrMobile', 'tollFree', 'premiumRate', 'satellite', 'voip'];
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Sydney'];
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const userName = (dice: Dice) => `user-${dice.below(sizes.users)}`;
const groupId = (dice: Dice) => `group-${dice.below(sizes.groups)}`;
const brandId = (dice: Dice) => `brand-${dice.below(sizes.brands)}`;
const embedKeyId = (dice: Dice) => `pk_bench_${dice.below(sizes.embedKeys)}`;

/** Kinds of rules as operators of several brands write them, by how many in a hundred there are. */
const kinds: readonly (readonly [share: number, make: (dice: Dice) => object])[] = [
  [
    25,
    (dice) => ({
      from: { users: dice.several(3, () => userName(dice)) },
      to: { prefix: dice.several(3, () => dice.pick(prefixes)) },
    }),
  ],
  [
    20,
    (dice) => ({
      from: { groups: dice.several(2, () => groupId(dice)) },
      to: { countries: dice.several(4, () => dice.pick(countries)) },
    }),
  ],
  [
    15,
    (dice) => ({
      from: { brands: [brandId(dice)] },
      to: { prefix: dice.pick(prefixes), types: dice.several(3, () => dice.pick(types)) },
    }),
  ],
  [10, (dice) => ({ from: { groups: [groupId(dice)], addresses: [range(dice), range(dice)] }, when: hours(dice) })],
  [
    10,
    (dice) => ({ from: { embedKeys: [embedKeyId(dice)], origins: [`https://*.shop-${dice.below(1000)}.example`] } }),
  ],
  [
    8,
    (dice) => ({
      action: 'deny',
      from: { addresses: [range(dice)] },
      to: { prefix: `+${dice.below(9) + 1}${dice.below(1000)}` },
    }),
  ],
  [
    5,
    (dice) => ({
      action: 'deny',
      to: { prefix: dice.several(40, () => `+${100 + dice.below(899)}${dice.below(1000)}`) },
    }),
  ],
  [
    5,
    (dice) => ({
      from: { anonymous: false, brands: dice.several(3, () => brandId(dice)) },
      to: { types: [dice.pick(types)] },
      when: hours(dice),
    }),
  ],
  [
    2,
    (dice) => ({
      action: 'deny',
      from: { anonymous: true },
      to: { countries: [dice.pick(countries)] },
      when: hours(dice),
    }),
  ],
];

export function inventRules(dice: Dice): Rule[] {
  const drawn = kinds.flatMap(([share, make]) => Array.from({ length: share }, () => make));
  return Array.from({ length: sizes.rules }, (_, index) => {
    const action = 'allow';
    const rule = { id: `rule-${index}`, order: dice.below(1000), action, ...dice.pick(drawn)(dice) };
    const limits = { callsAtOnce: 100, callsPerMinute: 10_000, minutesPerDay: 10_000, costPerDay: 10_000 };
    return ruleSchema.parse(rule.action === 'allow' && dice.below(2) === 0 ? { ...rule, limits } : rule);
  });
}

function hours(dice: Dice): object {
  const days = dice.several(5, () => dice.pick(weekdays));
  return {
    timeZone: dice.pick(zones),
    windows: [{ days, from: `0${dice.below(9)}:00`, to: '18:30' }],
    exceptDates: ['2026-12-25'],
  };
}

function range(dice: Dice): string {
  const [a, b, c] = [dice.below(200) + 11, dice.below(256), dice.below(256)];
  return dice.below(4) === 0
    ? `2001:db8:${a.toString(16)}::/48`
    : dice.pick([`${a}.${b}.0.0/16`, `${a}.${b}.${c}.0/24`]);
}

export function inventUsers(dice: Dice): User[] {
  return Array.from({ length: sizes.users }, (_, index) =>
    userSchema.parse({
      id: `id-${index}`,
      userName: `user-${index}`,
      displayName: `User ${index}`,
      role: index === 0 ? 'operator' : 'user',
      passwordHash: null,
      createdAtMs: 0,
      brandId: index === 0 ? null : brandId(dice),
      groups: dice.several(3, () => groupId(dice)),
      callerNumbers: dice.below(3) === 0 ? [`+1202555${1000 + dice.below(9000)}`] : [],
      isEnabled: dice.below(100) !== 0,
    }),
  );
}

export function inventBrands(dice: Dice): BrandSettings[] {
  return Array.from({ length: sizes.brands }, (_, index) =>
    brandSettingsSchema.parse({
      id: `brand-${index}`,
      name: `Brand ${index}`,
      timeZone: dice.pick(zones),
      defaultCountry: dice.pick(['US', 'DE', 'GB']),
    }),
  );
}

export function inventEmbedKeys(dice: Dice): EmbedKey[] {
  return Array.from({ length: sizes.embedKeys }, (_, index) =>
    embedKeySchema.parse({
      id: `pk_bench_${index}`,
      name: `Shop ${index}`,
      brandId: brandId(dice),
      origins: [`https://*.shop-${index}.example`],
      destinations: [{ number: dice.pick(prefixes), isPrefix: true }],
      limits: { callsAtOnce: 1000, callsPerMinute: 100_000 },
      sharedLimits: { callsAtOnce: 100_000 },
      createdAtMs: 0,
    }),
  );
}

export function inventRates(dice: Dice): Rate[] {
  const ids = new Set(prefixes);
  while (ids.size < sizes.rates) ids.add(`+${1 + dice.below(9)}${dice.below(10 ** (1 + dice.below(7)))}`);
  return [...ids].map((id) =>
    rateSchema.parse({ id, pricePerMinute: dice.below(1000) / 1000, firstSeconds: 30, incrementSeconds: 6 }),
  );
}

/** As people write them; one in a few cannot be called. */
export function inventDestination(dice: Dice): string {
  const digits = (count: number) => String(10 ** (count - 1) + dice.below(9 * 10 ** (count - 1)));
  return dice.pick([
    `+1 202 555 ${digits(4)}`,
    `+1 (212) 555-${digits(4)}`,
    `+1 416 555 ${digits(4)}`,
    `+33 1 42 ${digits(6)}`,
    `+44 20 7946 ${digits(4)}`,
    `+44 7400 ${digits(6)}`,
    `+49 30 ${digits(7)}`,
    `+49 1512 ${digits(7)}`,
    `+81 3 ${digits(8)}`,
    `+61 2 ${digits(8)}`,
    `+1 876 555 ${digits(4)}`,
    `+1 900 555 ${digits(4)}`,
    `+881 6 ${digits(8)}`,
    `011 44 20 7946 ${digits(4)}`,
    `tel:+1-202-555-${digits(4)}`,
  ]);
}
