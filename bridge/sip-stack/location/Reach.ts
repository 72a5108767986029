import type { SipListener, SipTransport } from '../port/index.ts';
import { familyOf } from './HostAddresses.ts';

/** UDP is what a name stands for that says nothing else (RFC 3263 section 4.1). */
const BY_CUSTOM: readonly SipTransport[] = ['udp', 'tcp', 'tls'];

/** What our listeners let us send by. */
export class Reach {
  readonly #listeners: readonly SipListener[];

  constructor(listeners: readonly SipListener[]) {
    this.#listeners = listeners;
  }

  get transports(): readonly SipTransport[] {
    return BY_CUSTOM.filter((transport) => this.families(transport).length > 0);
  }

  /** In the order of the listeners, so that who puts IPv6 first gets it first. TLS can be called by from where TCP is listened for. */
  families(transport: SipTransport): readonly (4 | 6)[] {
    const serving = this.#listeners.filter(
      (listener) => listener.transport === transport || (transport === 'tls' && listener.transport === 'tcp'),
    );
    return [...new Set(serving.map(({ host }) => familyOf(host)))];
  }

  usual(host: string): SipTransport {
    const [first] = this.transports;
    if (first === undefined) throw new Error(`nothing is listened by, which ${host} needs`);
    return first;
  }

  /** @throws Error with a sentence where nothing can be sent by it */
  demand(transport: SipTransport, host: string): void {
    if (this.families(transport).length === 0) throw new Error(`no ${transport} listener, which ${host} needs`);
  }

  noneLeft(transport: SipTransport, name: string): string {
    const family = this.families(transport)[0] === 4 ? 6 : 4;
    return `no ${transport} listener for IPv${family}, which ${name} needs`;
  }
}
