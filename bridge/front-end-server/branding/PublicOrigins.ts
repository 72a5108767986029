import type { Brands } from './Brands.ts';

export interface PublicOriginsDeps {
  /** Origin under which people reach the bridge behind a reverse proxy, e.g. `https://phone.example.com`. */
  readonly publicOrigin: string;
  readonly brands: Pick<Brands, 'hasHost'>;
}

/** Where people reach the bridge behind a reverse proxy: at one public origin, and at the host names that brands have of their own. */
export class PublicOrigins {
  readonly #deps: PublicOriginsDeps;

  constructor(deps: PublicOriginsDeps) {
    this.#deps = deps;
  }

  /** For a request that was sent to this host name. What is no brand's own name is not believed. */
  forHost(hostname: string): string {
    const { publicOrigin, brands } = this.#deps;
    return brands.hasHost(hostname) ? withHost(publicOrigin, hostname) : publicOrigin;
  }

  /** Whether an origin (`Origin` header) is one of them. */
  has(origin: string): boolean {
    return URL.canParse(origin) && this.forHost(new URL(origin).hostname) === origin;
  }
}

/** The same scheme and port at another host name. */
export function withHost(origin: string, hostname: string): string {
  const url = new URL(origin);
  url.hostname = hostname;
  return url.origin;
}
