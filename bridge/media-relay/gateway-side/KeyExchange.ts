import { MediaError } from '../port/index.ts';
import type { CryptoLine, GatewayDescription, SrtpPolicy } from '../sdp/index.ts';
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

  /**
   * What an answer chose of our offer; null: plain audio. Some gateways answer with a tag of their own: the suite tells.
   * @throws MediaError `notEncrypted` where it may not be plain
   */
  accept(
    { crypto, isSecureOnly }: Pick<GatewayDescription, 'crypto' | 'isSecureOnly'>,
    policy: SrtpPolicy = 'off',
  ): AgreedKeys | null {
    const line = crypto.find(({ key }) => this.#ours.has(key.suite));
    if (line !== undefined) return { sending: this.#ourKey(line.key.suite), receiving: line.key };
    if (!isSecureOnly && policy !== 'required') return null;
    throw new MediaError('notEncrypted', 'the gateway answered with no key of a kind that was offered');
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
