import { isIP } from 'node:net';
import type { SipAddress, SipDestination, SipListener, SipPeer, SipTransport } from '../port/index.ts';
import { chooseServices, type Service } from './chooseServices.ts';
import type { DnsCache } from './DnsCache.ts';
import { type FailedDestinations, keyOf } from './FailedDestinations.ts';
import { type HostAddresses, isLocalhost } from './HostAddresses.ts';
import { orderTargets } from './orderTargets.ts';
import { Reach } from './Reach.ts';
import type { SipDns } from './SipDns.ts';

interface PeerLocatorDeps {
  readonly dns: SipDns;
  readonly cache: DnsCache;
  readonly addresses: HostAddresses;
  readonly failed: FailedDestinations;
  /** [0, 1). */
  readonly random: () => number;
  /** What we can send by, which says what a name may be asked for. */
  readonly listeners: () => readonly SipListener[];
}

/** What one SRV, A or AAAA look-up is about. */
interface Search {
  readonly name: string;
  readonly transport: SipTransport;
  /** What a TLS certificate must name. */
  readonly host: string;
}

const SRV_PREFIX: Readonly<Record<SipTransport, string>> = { udp: '_sip._udp.', tcp: '_sip._tcp.', tls: '_sips._tcp.' };

/** Finds the places that a peer's addresses stand for (RFC 3263 section 4). */
export class PeerLocator {
  readonly #deps: PeerLocatorDeps;

  constructor(deps: PeerLocatorDeps) {
    this.#deps = deps;
  }

  /** In the order of trying, each place once, at least one. Rejects with a sentence. */
  async locate(peer: SipPeer): Promise<readonly SipDestination[]> {
    const reach = new Reach(this.#deps.listeners());
    const places = peer.outboundProxy === undefined ? peer.addresses : [peer.outboundProxy];
    const found = await Promise.allSettled(places.map((place) => this.#find(place, reach)));
    const destinations = new Map<string, SipDestination>();
    for (const one of found) {
      if (one.status === 'rejected') continue;
      for (const destination of one.value) {
        if (!destinations.has(keyOf(destination))) destinations.set(keyOf(destination), destination);
      }
    }
    if (destinations.size > 0) return this.#deps.failed.last([...destinations.values()]);
    const problems = found.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Error).message] : []));
    throw new Error(problems.length === 0 ? 'the gateway has no address' : [...new Set(problems)].join('; '));
  }

  async #find(place: SipAddress, reach: Reach): Promise<readonly SipDestination[]> {
    const { host, port } = place;
    if (place.transport !== 'auto') reach.demand(place.transport, host);
    const transport = place.transport === 'auto' ? reach.usual(host) : place.transport;
    const search = { name: host, transport, host };
    // Section 4.2: a port or an address leaves nothing to ask for but addresses. Localhost has no records.
    if (port !== null || isIP(host) !== 0 || isLocalhost(host)) return this.#byAddress(search, port, reach);
    const services = place.transport === 'auto' ? await this.#services(host, reach) : [bySrv(transport, host)];
    const found = await Promise.all(services.map((service) => this.#byService(service, host, reach)));
    if (found.every((places) => places === null)) return this.#byAddress(search, null, reach);
    const all = found.flatMap((places) => places ?? []);
    if (all.length === 0) throw new Error(`what DNS says of ${host} leads nowhere that can be reached`);
    return all;
  }

  /** Section 4.1: by NAPTR, else every transport that we speak is asked for by SRV. */
  async #services(domain: string, reach: Reach): Promise<readonly Service[]> {
    const { cache, dns } = this.#deps;
    // A server that can't answer this may still know the SRV records, or the addresses.
    const records = await cache.get(`NAPTR ${domain}`, () => dns.naptr(domain)).catch(() => []);
    const offered = chooseServices(records, reach.transports);
    if (offered.length > 0) return offered;
    return reach.transports.map((transport) => bySrv(transport, domain));
  }

  /** Null where DNS has nothing of the kind. None at all where it says that there is no such service (a target of `.`, RFC 2782). */
  async #byService(service: Service, host: string, reach: Reach): Promise<readonly SipDestination[] | null> {
    const { cache, dns, random } = this.#deps;
    const { transport, name } = service;
    const places = (target: string, port: number | null) =>
      this.#byAddress({ name: target, transport, host }, port, reach).catch(() => []);
    if (service.by === 'address') return places(name, null);
    // Likewise: the addresses are asked for next, and what they fail with is said.
    const records = await cache.get(`SRV ${name}`, () => dns.srv(name)).catch(() => []);
    if (records.length === 0) return null;
    const targets = orderTargets(records, random).filter((target) => target.name !== '' && target.name !== '.');
    return (await Promise.all(targets.map((target) => places(target.name, target.port)))).flat();
  }

  async #byAddress(search: Search, port: number | null, reach: Reach): Promise<readonly SipDestination[]> {
    const { name, transport, host } = search;
    const families = reach.families(transport);
    const addresses = await this.#deps.addresses.of(name, families);
    if (addresses.length === 0) throw new Error(reach.noneLeft(transport, name));
    const usual = transport === 'tls' ? 5061 : 5060;
    return addresses.map((address) => ({ transport, address, port: port ?? usual, host }));
  }
}

function bySrv(transport: SipTransport, domain: string): Service {
  return { transport, name: SRV_PREFIX[transport] + domain, by: 'srv' };
}
