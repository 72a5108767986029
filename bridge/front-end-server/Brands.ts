import type { BrandId } from '../../shared/domain/index.ts';
import type { Brand } from '../../shared/protocol/index.ts';

export interface BrandsDeps {
  /** The brand of every host name that has none of its own. */
  readonly defaultBrand: Brand;
}

/** Which brand somebody sees. One for all, for now. */
export class Brands {
  readonly #deps: BrandsDeps;

  constructor(deps: BrandsDeps) {
    this.#deps = deps;
  }

  /** By the host name, without port, under which the page was opened. */
  forHost(_host: string): Brand {
    return this.#deps.defaultBrand;
  }

  /** The brand that a session was made under; the default one when it is gone. */
  get(_id: BrandId): Brand {
    return this.#deps.defaultBrand;
  }
}
