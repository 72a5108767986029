import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type { BrandSettings } from '../../../shared/admin/index.ts';
import type { BrandId } from '../../../shared/domain/index.ts';
import type { Brand } from '../../../shared/protocol/index.ts';
import type { Clock, Logger } from '../../observability/index.ts';
import { type Collection, CollectionMirror } from '../../storage/index.ts';
import { toBrand } from './toBrand.ts';

export interface BrandsDeps {
  readonly brands: Pick<Collection<BrandSettings>, 'list'>;
  /** The brand of every host name that has none of its own, as it is where storage doesn't have it. */
  readonly defaultBrand: BrandSettings;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface BrandsEvents {
  /** A brand was made, changed or deleted, in whatever part of it. */
  changed: [{ brandId: BrandId }];
  /** What `get` answers for this brand is another: those who see it should be painted anew. */
  faceChanged: [{ brandId: BrandId }];
}

interface Entry {
  readonly settings: BrandSettings;
  /** The same object as long as it says the same. */
  readonly face: Brand;
}

/** The brands in memory, so that nobody waits for one: read again each second, and at once by `reload` after a change. */
export class Brands {
  readonly events = new EventEmitter<BrandsEvents>();
  readonly #defaultBrand: BrandSettings;
  #default: Entry;
  #byId: ReadonlyMap<BrandId, Entry> = new Map();
  #byHost: ReadonlyMap<string, Entry> = new Map();
  #mirror: CollectionMirror<BrandSettings> | undefined;

  /** Reads the brands; rejects when they can't be read. */
  static async create({ brands: collection, defaultBrand, clock, logger }: BrandsDeps): Promise<Brands> {
    const brands = new Brands(defaultBrand);
    brands.#mirror = await CollectionMirror.create({
      collection,
      clock,
      logger,
      name: 'the brands',
      onRead: (kept) => brands.#read(kept),
    });
    return brands;
  }

  private constructor(defaultBrand: BrandSettings) {
    this.#defaultBrand = defaultBrand;
    this.#default = toEntry(defaultBrand, undefined);
  }

  /** The brand of host names that have none of their own. It must not be deleted. */
  get defaultId(): BrandId {
    return this.#defaultBrand.id;
  }

  /** By the host name, without port, under which the page was opened. */
  forHost(host: string): Brand {
    return (this.#byHost.get(plainHost(host)) ?? this.#default).face;
  }

  /** Whether a brand has this host name as its own. */
  hasHost(host: string): boolean {
    return this.#byHost.has(plainHost(host));
  }

  has(id: BrandId): boolean {
    return this.#byId.has(id);
  }

  /** What a client gets of a brand; of the default one when it is gone. */
  get(id: BrandId): Brand {
    return this.#entry(id).face;
  }

  /** The whole brand; the default one when it is gone. */
  settings(id: BrandId): BrandSettings {
    return this.#entry(id).settings;
  }

  async reload(): Promise<void> {
    await this.#mirror?.reload();
  }

  close(): void {
    this.#mirror?.close();
    this.events.removeAllListeners();
  }

  #entry(id: BrandId): Entry {
    return this.#byId.get(id) ?? this.#default;
  }

  #read(kept: readonly BrandSettings[]): void {
    const before = this.#byId;
    const after = new Map(kept.map((settings) => [settings.id, toEntry(settings, before.get(settings.id))]));
    if (after.size === before.size && [...after].every(([id, entry]) => before.get(id) === entry)) return;
    const faces = new Map([...before.keys(), ...after.keys()].map((id) => [id, this.get(id)]));
    this.#byId = after;
    this.#default = after.get(this.defaultId) ?? toEntry(this.#defaultBrand, this.#default);
    this.#byHost = indexByHost(after.values());
    for (const [brandId, face] of faces) {
      if (before.get(brandId) !== after.get(brandId)) this.events.emit('changed', { brandId });
      if (this.get(brandId) !== face) this.events.emit('faceChanged', { brandId });
    }
  }
}

/** What is the same as before stays the same object, so that a change is seen by identity. */
function toEntry(settings: BrandSettings, before: Entry | undefined): Entry {
  if (before !== undefined && isDeepStrictEqual(settings, before.settings)) return before;
  const face = toBrand(settings);
  // A new revision that only changes what stays inside is none to whom it is shown.
  const isSame = before !== undefined && isDeepStrictEqual({ ...face, revision: before.face.revision }, before.face);
  return { settings, face: isSame ? before.face : face };
}

/** Should two brands have one name in spite of all checks, the one whose id is first has it, on every machine. */
function indexByHost(entries: Iterable<Entry>): ReadonlyMap<string, Entry> {
  const ordered = [...entries].sort((a, b) => (a.settings.id < b.settings.id ? -1 : 1));
  const byHost = new Map<string, Entry>();
  for (const entry of ordered) {
    for (const host of entry.settings.hostNames) if (!byHost.has(host)) byHost.set(host, entry);
  }
  return byHost;
}

/** Small letters, and without the dot of the root that a URL may have at the end. */
function plainHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}
