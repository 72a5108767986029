import type { SipMessage } from '../../message/index.ts';

/** What the other side of a dialog has said that it can do, by its latest word (RFC 3261 sections 20.5, 20.37). */
export class RemoteAbilities {
  #methods: readonly string[] = [];
  #extensions: readonly string[] = [];

  /** A message of theirs in the dialog. What it doesn't mention stays as it was. */
  note({ headers }: SipMessage): void {
    if (headers.has('Allow')) this.#methods = headers.list('Allow').map((method) => method.toUpperCase());
    if (headers.has('Supported')) this.#extensions = headers.list('Supported').map((name) => name.toLowerCase());
  }

  /** In capitals; empty: it never told. */
  get methods(): readonly string[] {
    return this.#methods;
  }

  hasExtension(name: string): boolean {
    return this.#extensions.includes(name);
  }
}
