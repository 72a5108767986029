import { originMatcher } from '../../../shared/admin/index.ts';
import type { Entry } from '../tokens/entry.ts';
import type { EmbedKeys } from './EmbedKeys.ts';
import type { SigningKeys } from './SigningKeys.ts';

/** From which page somebody speaks. */
export interface Page {
  /** The `Origin` header; null: none was sent, as programs do that are no pages. */
  readonly origin: string | null;
  /** The page is the bridge's own. */
  readonly isOwn: boolean;
}

export interface PageOriginsDeps {
  readonly embedKeys: Pick<EmbedKeys, 'entities' | 'get' | 'isPageOf'>;
  readonly signingKeys: Pick<SigningKeys, 'entities' | 'get' | 'isPageOf'>;
}

type Keys = ReadonlyMap<string, { readonly isEnabled: boolean; readonly origins: readonly string[] }>;

/** Pages of other sites that may speak with the bridge, because a key says so. */
export class PageOrigins {
  readonly #deps: PageOriginsDeps;
  /** Made anew when a book was read anew. */
  #union: { readonly books: readonly Keys[]; readonly matches: (origin: string) => boolean } | undefined;

  constructor(deps: PageOriginsDeps) {
    this.#deps = deps;
  }

  /** Whether any key in use is for pages of this origin. Which key a page may use is another question: `fits`. */
  isKnown(origin: string): boolean {
    const books = [this.#deps.embedKeys.entities, this.#deps.signingKeys.entities];
    if (this.#union === undefined || books.some((book, index) => book !== this.#union?.books[index])) {
      const patterns = books.flatMap((book) =>
        [...book.values()].flatMap(({ isEnabled, origins }) => (isEnabled ? origins : [])),
      );
      this.#union = { books, matches: originMatcher(patterns) };
    }
    return this.#union.matches(origin);
  }

  /** Whether somebody who came in by this way may speak from this page. */
  fits(entry: Entry, { origin, isOwn }: Page): boolean {
    switch (entry.kind) {
      case 'account':
        return origin === null || isOwn;
      case 'hostToken': {
        const key = this.#deps.signingKeys.get(entry.signingKeyId);
        return origin === null || isOwn || (key !== undefined && this.#deps.signingKeys.isPageOf(key, origin));
      }
      case 'embedKey': {
        // Browsers leave the header out where a page asks its own origin by GET.
        if (entry.isFramed) return origin === null || isOwn;
        const key = this.#deps.embedKeys.get(entry.embedKeyId);
        return origin !== null && key !== undefined && this.#deps.embedKeys.isPageOf(key, origin);
      }
    }
  }
}
