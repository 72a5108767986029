import { EventEmitter } from 'node:events';
import type {
  ProbeResult,
  RegistrationState,
  SipDestination,
  SipPeer,
  SipRegistrationEvents,
} from '../../sip-stack/index.ts';

/** A registration that a test leads. */
export class FakeRegistration extends EventEmitter<SipRegistrationEvents> {
  state: RegistrationState = { state: 'trying', expiresAtMs: null, problem: null };
  refreshes = 0;
  isClosed = false;

  become(state: RegistrationState): void {
    this.state = state;
    this.emit('changed', state);
  }

  refresh(): void {
    this.refreshes += 1;
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

/** The SIP stack as the proxy server sees it: gateways that answer as a test says. */
export class FakeTrunks {
  /** By `address:port`; others answer 200. */
  readonly answers = new Map<string, ProbeResult>();
  /** By peer; others are where their first address says. */
  readonly places = new Map<string, readonly SipDestination[] | Error>();
  readonly probed: string[] = [];
  readonly failures: SipDestination[] = [];
  readonly registrations: { readonly peer: SipPeer; readonly registration: FakeRegistration }[] = [];
  readonly forgotten: string[] = [];
  peers: readonly SipPeer[] = [];
  /** What probes wait for. */
  probing: Promise<void> = Promise.resolve();

  /** Of all places that have no answer of their own. */
  usual: ProbeResult = { isReachable: true, status: 200, roundTripMs: 3 };

  async locate(peer: SipPeer): Promise<readonly SipDestination[]> {
    const places = this.places.get(peer.id);
    if (places instanceof Error) throw places;
    const [first] = peer.addresses;
    return places ?? [destination(first?.host ?? '', first?.port ?? 5060)];
  }

  async probe(peer: SipPeer, options: { timeoutMs: number; destination?: SipDestination }): Promise<ProbeResult> {
    this.probed.push(peer.id);
    await this.probing;
    const { address, port } = options.destination ?? destination('', 0);
    return this.answers.get(`${address}:${port}`) ?? this.usual;
  }

  noteFailure(failed: SipDestination): void {
    this.failures.push(failed);
  }

  register(peer: SipPeer): FakeRegistration {
    const registration = new FakeRegistration();
    this.registrations.push({ peer, registration });
    return registration;
  }

  setPeers(peers: readonly SipPeer[]): void {
    this.peers = peers;
  }

  forget(peerId: string): void {
    this.forgotten.push(peerId);
    this.peers = this.peers.filter(({ id }) => id !== peerId);
  }
}

export function destination(address: string, port = 5060): SipDestination {
  return { transport: 'udp', address, port, host: address };
}
