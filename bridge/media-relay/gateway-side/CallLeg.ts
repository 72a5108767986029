import { isIP, isIPv6, SocketAddress } from 'node:net';
import { MediaError } from '../port/index.ts';
import { PortsExhaustedError, type RtpLegHandle, type RtpLegPool } from '../rtp-leg/index.ts';

export interface CallLegDeps {
  readonly legs: RtpLegPool;
  readonly addresses: readonly { readonly listenAddress: string; readonly announcedAddress: string | null }[];
  /** Address of a host that an SDP names. */
  readonly resolveHost: (host: string, family: 4 | 6) => Promise<string>;
}

/** Where we want a gateway's audio. */
export interface OurPlace {
  readonly address: string;
  readonly rtpPort: number;
  readonly rtcpPort: number;
}

/** The RTP leg of a call: taken at its first use, on an address of the family that the gateway has. */
export class CallLeg {
  readonly #deps: CallLegDeps;
  #leg: Promise<RtpLegHandle> | null = null;
  #isClosed = false;

  constructor(deps: CallLegDeps) {
    this.#deps = deps;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The leg where it is there already. */
  get existing(): Promise<RtpLegHandle> | null {
    return this.#leg;
  }

  /** @throws MediaError `portsExhausted`, `closed` */
  take(address = this.#deps.addresses[0]?.listenAddress ?? ''): Promise<RtpLegHandle> {
    this.#leg ??= this.#acquire(address).catch((error: unknown) => {
      this.#leg = null;
      throw error;
    });
    return this.#leg;
  }

  /**
   * The leg on an address of the family that `remote` is of; where it is already when that says nothing.
   * @throws MediaError `portsExhausted`, `closed`
   */
  async towards(remote: string | undefined): Promise<RtpLegHandle> {
    const local = this.#localAddress(remote);
    const leg = await this.take(local);
    if (local !== undefined && leg.binding.address !== local) {
      await this.#deps.legs.move(leg, local).catch(toMediaError);
    }
    this.checkOpen();
    return leg;
  }

  /** What gateways are told: not always the address that the leg is bound to. */
  announced(leg: RtpLegHandle): OurPlace {
    const { address, rtpPort } = leg.binding;
    const { addresses } = this.#deps;
    const announced = addresses.find(({ listenAddress }) => listenAddress === address)?.announcedAddress;
    return { address: announced ?? address, rtpPort, rtcpPort: rtpPort + 1 };
  }

  /**
   * The address that an SDP means, as the system writes it, so that it can be compared with a packet's source.
   * @throws MediaError of the given code when it can't be reached from the leg
   */
  async resolve(host: string, code: 'badAnswer' | 'badOffer'): Promise<string> {
    const isOverIPv6 = isIPv6((await this.take()).binding.address);
    this.checkOpen();
    if (isIP(host) === 0) {
      const found = this.#deps.resolveHost(host, isOverIPv6 ? 6 : 4).catch(() => {
        throw new MediaError(code, `the gateway's media host ${host} cannot be found`);
      });
      return found.finally(() => this.checkOpen());
    }
    if (!isUnspecified(host) && isIPv6(host) !== isOverIPv6) {
      throw new MediaError(code, `the gateway wants its audio at ${host}, and we have no media address of that family`);
    }
    return new SocketAddress({ address: host, family: isIPv6(host) ? 'ipv6' : 'ipv4' }).address;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    // When the ports couldn't be had there is nothing to free.
    const leg = await this.#leg?.catch(() => null);
    await leg?.close();
  }

  checkOpen(): void {
    if (this.#isClosed) throw new MediaError('closed', 'the session is closed');
  }

  async #acquire(address: string): Promise<RtpLegHandle> {
    this.checkOpen();
    const leg = await this.#deps.legs.acquire(address).catch(toMediaError);
    if (!this.#isClosed) return leg;
    await leg.close();
    throw new MediaError('closed', 'the session is closed');
  }

  #localAddress(remote: string | undefined): string | undefined {
    const { addresses } = this.#deps;
    const first = addresses[0]?.listenAddress;
    if (remote === undefined || isIP(remote) === 0) return this.#leg === null ? first : undefined;
    return addresses.find((one) => isIPv6(one.listenAddress) === isIPv6(remote))?.listenAddress ?? first;
  }
}

/** Hold the old way (RFC 3264 section 8.4). */
export function isUnspecified(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

function toMediaError(error: unknown): never {
  if (error instanceof PortsExhaustedError) throw new MediaError('portsExhausted', error.message);
  throw error;
}
