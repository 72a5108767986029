import type { CryptoLine } from '../sdp/index.ts';
import { type SrtpKey, type SrtpSuiteName, srtpSuiteNames, srtpSuites } from '../srtp/index.ts';

export interface AgreedKeys {
  readonly sending: SrtpKey;
  readonly receiving: SrtpKey;
}

export interface KeyExchangeDeps {
  /** Bytes that nobody can guess. */
  readonly randomBytes: (length: number) => Uint8Array;
}

/**
 * Keys by SDES (RFC 4568) with one gateway. Each suite has one key of ours as long as the gateway is the same, so that a renegotiation
 * changes no more than it says.
 */
export class KeyExchange {
  readonly #deps: KeyExchangeDeps;
  readonly #ours = new Map<SrtpSuiteName, SrtpKey>();

  constructor(deps: KeyExchangeDeps) {
    this.#deps = deps;
  }

  /** Lines for an offer of ours. */
  offer(): CryptoLine[] {
    return srtpSuiteNames.map((suite, index) => ({ tag: String(index + 1), key: this.#ourKey(suite) }));
  }

  /** What an answer chose of our offer; null: nothing that was in it. Some gateways answer with a tag of their own: the suite tells. */
  accept(answered: readonly CryptoLine[]): AgreedKeys | null {
    const line = answered.find(({ key }) => this.#ours.has(key.suite));
    return line === undefined ? null : { sending: this.#ourKey(line.key.suite), receiving: line.key };
  }

  /** What we take of an offer: the suite of before where there was one, else the first that we know. */
  answer(
    offered: readonly CryptoLine[],
    before: SrtpSuiteName | undefined,
  ): { readonly line: CryptoLine; readonly keys: AgreedKeys } | null {
    const theirs = offered.find(({ key }) => key.suite === before) ?? offered[0];
    if (theirs === undefined) return null;
    const sending = this.#ourKey(theirs.key.suite);
    return { line: { tag: theirs.tag, key: sending }, keys: { sending, receiving: theirs.key } };
  }

  /** Our keys aren't used again: for another gateway, and once a call went on in the clear. */
  forget(): void {
    this.#ours.clear();
  }

  #ourKey(suite: SrtpSuiteName): SrtpKey {
    const present = this.#ours.get(suite);
    if (present !== undefined) return present;
    const { keyLength, saltLength } = srtpSuites[suite];
    const key: SrtpKey = {
      suite,
      masterKey: Uint8Array.from(this.#deps.randomBytes(keyLength)),
      masterSalt: Uint8Array.from(this.#deps.randomBytes(saltLength)),
      mkiLength: 0,
    };
    this.#ours.set(suite, key);
    return key;
  }
}
