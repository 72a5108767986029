import type { MediaAddress } from '../sdp/AudioAgreement.ts';

/**
 * Where RTP goes to and is taken from: what the SDP says until a packet comes, and then where the first packet came from,
 * which is right behind NAT too (RFC 4961). Others are not heard until the SDP names another address.
 */
export class SymmetricPeer {
  #negotiated: MediaAddress | null = null;
  #latched: MediaAddress | null = null;

  get target(): MediaAddress | null {
    return this.#latched ?? this.#negotiated;
  }

  expect(negotiated: MediaAddress): void {
    if (this.#negotiated !== null && isSame(this.#negotiated, negotiated)) return;
    this.#negotiated = { address: negotiated.address, port: negotiated.port };
    this.#latched = null;
  }

  /** Whether a packet from there is to be heard; the first decides. */
  accepts(source: MediaAddress): boolean {
    if (this.#negotiated === null) return false;
    this.#latched ??= { address: source.address, port: source.port };
    return isSame(this.#latched, source);
  }
}

function isSame(one: MediaAddress, other: MediaAddress): boolean {
  return one.port === other.port && one.address === other.address;
}
