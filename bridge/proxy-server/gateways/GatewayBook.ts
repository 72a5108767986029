import type { Gateway } from '../../../shared/admin/index.ts';
import type { GatewayId } from '../../../shared/domain/index.ts';
import type { Clock, Logger } from '../../observability/index.ts';
import { type Collection, CollectionMirror } from '../../storage/index.ts';

export interface GatewayBookDeps {
  readonly gateways: Pick<Collection<Gateway>, 'list'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The gateways in memory, so that a choice waits for nothing. */
export class GatewayBook {
  #mirror: CollectionMirror<Gateway> | undefined;

  /** Reads the gateways; rejects when they can't be read. */
  static async create({ gateways, ...deps }: GatewayBookDeps): Promise<GatewayBook> {
    const book = new GatewayBook();
    book.#mirror = await CollectionMirror.create({ ...deps, collection: gateways, name: 'the gateways' });
    return book;
  }

  private constructor() {}

  get(id: GatewayId): Gateway | undefined {
    return this.#mirror?.get(id);
  }

  get all(): readonly Gateway[] {
    return [...(this.#mirror?.entities.values() ?? [])];
  }

  /** At once, after a change of one's own. */
  async reload(): Promise<void> {
    await this.#mirror?.reload();
  }

  close(): void {
    this.#mirror?.close();
  }
}
