import { type Brand, brandSchema } from '../../shared/protocol/index.ts';
import type { ApiClient } from '../session/index.ts';
import { drop, Observable, type Readable, type Timers } from '../state/index.ts';

export interface PageBrandDeps {
  readonly page: Pick<Document, 'getElementById'>;
  readonly api: Pick<ApiClient, 'send'>;
  readonly timers: Timers;
}

const retryAfterMs = 3_000;

/**
 * The brand of the host name under which the page was opened: what people see who have not signed in. The bridge puts it into
 * the page; where it could not (a page that was opened by a token, a developer's server), it is asked for.
 */
export class PageBrand {
  readonly #deps: PageBrandDeps;
  readonly #brand: Observable<Brand | null>;
  #isAsking = false;

  constructor(deps: PageBrandDeps) {
    this.#deps = deps;
    this.#brand = new Observable(readFrom(deps.page));
  }

  /** Null while it is not known. */
  get brand(): Readable<Brand | null> {
    return this.#brand;
  }

  /** Asks the bridge where the page does not say, until it answers. */
  load(): void {
    if (this.#isAsking || this.#brand.get() !== null) return;
    this.#isAsking = true;
    drop(this.#ask(), 'asking for the brand');
  }

  async #ask(): Promise<void> {
    try {
      this.#brand.set(await this.#deps.api.send({ method: 'GET', path: '/branding' }, brandSchema));
    } catch {
      this.#deps.timers.after(retryAfterMs, () => drop(this.#ask(), 'asking for the brand'));
    }
  }
}

function readFrom(page: PageBrandDeps['page']): Brand | null {
  const text = page.getElementById('brand')?.textContent ?? '';
  try {
    return brandSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
